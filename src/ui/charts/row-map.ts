import { Delaunay, extent, scaleLinear, type ScaleLinear } from 'd3';
import type { ChartTable } from './chart-table.ts';
import { numberText } from './number-text.ts';

/** Rows by two components. */
export interface RowMap {
  /** Rows of the data, counted from 1. */
  readonly rows: readonly number[];
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** A column that points are told apart by: its name and each row's text. */
export interface MapColumn {
  readonly name: string;
  readonly texts: readonly string[];
}

export interface MapScales {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
}

export function mapScales({ first, second }: RowMap, width: number, height: number): MapScales {
  return {
    x: scaleLinear(range(first), [0, width]).nice(6),
    y: scaleLinear(range(second), [height, 0]).nice(6),
  };
}

/** Some rows' dots as one path of zero-length strokes. */
export function mapDots(map: RowMap, { x, y }: MapScales, wanted: (i: number) => boolean): string {
  return map.rows
    .map((_, i) =>
      wanted(i) ? `M${x(map.first[i] ?? 0).toFixed(1)},${y(map.second[i] ?? 0).toFixed(1)}h0` : '',
    )
    .join('');
}

/** Index of the row nearest to a place in pixels; null where there is none. */
export function nearestRow(
  map: RowMap,
  { x, y }: MapScales,
  px: number,
  py: number,
): number | null {
  if (map.rows.length === 0) return null;
  return Delaunay.from(map.rows.map((_, i) => [x(map.first[i] ?? 0), y(map.second[i] ?? 0)])).find(
    px,
    py,
  );
}

/** `row 12: component 1 is 2.10, component 2 is −0.300; species Gentoo` */
export function mapReading(map: RowMap, column: MapColumn | null, i: number | null): string {
  const row = i === null ? undefined : map.rows[i];
  if (i === null || row === undefined) return '';
  const places = `component 1 is ${numberText(map.first[i] ?? 0)}, component 2 is ${numberText(map.second[i] ?? 0)}`;
  const text = column?.texts[i];
  const held =
    column === null || text === undefined ? '' : `; ${column.name} ${text || 'is missing'}`;
  return `row ${row}: ${places}${held}`;
}

export function mapTable(map: RowMap, column: MapColumn | null): ChartTable {
  return {
    columns: [
      { title: 'row', numeric: true },
      { title: 'component 1', numeric: true },
      { title: 'component 2', numeric: true },
      ...(column === null ? [] : [{ title: column.name, numeric: false }]),
    ],
    rows: map.rows.map((row, i) => [
      row,
      map.first[i] ?? null,
      map.second[i] ?? null,
      ...(column === null ? [] : [column.texts[i] ?? null]),
    ]),
  };
}

function range(values: readonly number[]): readonly [number, number] {
  const [low = 0, high = 1] = extent(values);
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
