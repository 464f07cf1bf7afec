import type { ChartTable } from './chart-table.ts';
import { LETTER } from './short-name.ts';

/** A square matrix of measures from −1 to 1 (or 0 to 1); null where one is not defined. */
export interface HeatmapMatrix {
  readonly names: readonly string[];
  readonly values: readonly (readonly (number | null)[])[];
  /** Whether values may be negative. */
  readonly signed: boolean;
  /** What the cell of a row and a column holds, for example `Pearson’s r`. */
  readonly measure: (row: number, column: number) => string;
}

/** Row and column of a cell. */
export type HeatmapCell = readonly [number, number];

export interface HeatmapLayout {
  /** Side of a cell in pixels. */
  readonly cell: number;
  /** Space for the names, at the left and at the top; 0 where cells are too small to be named. */
  readonly margin: number;
  /** Whether cells are large enough to hold their value. */
  readonly valued: boolean;
  readonly side: number;
}

const MOST_CELL = 44;
const LEAST_CELL = 6;
const NAMED_CELL = 12;
const VALUED_CELL = 34;
const LEVELS = 20;
/** Between a name and its row. */
export const NAME_GAP = 12;

/** Cells fill the width, but are never so small that they can't be pointed at: the map then scrolls. */
export function heatmapLayout(names: readonly string[], width: number): HeatmapLayout {
  const longest = Math.max(...names.map((name) => name.length), 1);
  const wanted = Math.min(longest * LETTER + NAME_GAP, width >= 560 ? 180 : 112);
  const fitting = Math.floor((width - wanted) / names.length);
  const margin = fitting >= NAMED_CELL ? wanted : 0;
  const cell = Math.max(
    LEAST_CELL,
    Math.min(MOST_CELL, Math.floor((width - margin) / names.length)),
  );
  return { cell, margin, valued: cell >= VALUED_CELL, side: cell * names.length };
}

export interface HeatmapShade {
  readonly id: string;
  readonly sign: 'positive' | 'negative';
  /** 0 to 1. */
  readonly strength: number;
  /** All cells of this shade, as one path: forty thousand cells are forty elements. */
  readonly d: string;
}

/** The cells by shade; undefined measures belong to none. */
export function heatmapShades({ values }: HeatmapMatrix, cell: number): HeatmapShade[] {
  const paths = new Map<number, string[]>();
  const gap = cell >= NAMED_CELL ? 1 : 0;
  for (const [i, row] of values.entries()) {
    for (const [j, value] of row.entries()) {
      if (value === null) continue;
      const level = Math.round(value * LEVELS);
      if (level === 0) continue;
      const square = `M${j * cell} ${i * cell}h${cell - gap}v${cell - gap}h${gap - cell}z`;
      const path = paths.get(level);
      if (path === undefined) paths.set(level, [square]);
      else path.push(square);
    }
  }
  return [...paths].map(([level, squares]) => ({
    id: String(level),
    sign: level < 0 ? 'negative' : 'positive',
    strength: Math.abs(level) / LEVELS,
    d: squares.join(''),
  }));
}

/** The cell in words. */
export function heatmapReading(matrix: HeatmapMatrix, [row, column]: HeatmapCell): string {
  const value = matrix.values[row]?.[column] ?? null;
  const a = matrix.names[row] ?? '';
  const b = matrix.names[column] ?? '';
  const measure = matrix.measure(row, column);
  const pair = row === column ? `${a} with itself` : `${a} and ${b}`;
  return value === null
    ? `${pair}: ${measure} is not defined.`
    : `${pair}: ${measure} ${twoDigits(value)}.`;
}

/** Every pair once, the strongest first, those without a value last. */
export function heatmapTable({ names, values, measure }: HeatmapMatrix): ChartTable {
  const rows = names.flatMap((name, i) =>
    names
      .slice(0, i)
      .map((other, j) => [other, name, measure(i, j), values[i]?.[j] ?? null] as const),
  );
  return {
    columns: [
      { title: 'column', numeric: false },
      { title: 'with', numeric: false },
      { title: 'measure', numeric: false },
      { title: 'value', numeric: true },
    ],
    rows: rows.sort((a, b) => strength(b[3]) - strength(a[3])),
  };
}

function strength(value: number | null): number {
  return value === null ? -1 : Math.abs(value);
}

/** The strongest pairs in words, for those who don't see the map. */
export function heatmapSummary(matrix: HeatmapMatrix): string {
  const strongest = heatmapTable(matrix).rows.slice(0, 3);
  const pairs = strongest.flatMap(([a, b, measure, value]) =>
    typeof value === 'number' ? `${a} and ${b}, ${measure} ${twoDigits(value)}` : [],
  );
  const size = `${matrix.names.length} columns by ${matrix.names.length}`;
  return pairs.length === 0 ? `${size}.` : `${size}. Strongest: ${pairs.join('; ')}.`;
}

/** `0.87`, `−0.40` */
export function twoDigits(value: number): string {
  return value.toFixed(2).replace('-', '\u2212');
}
