import { scaleLinear, type ScaleLinear } from 'd3';
import type { ChartTable } from './chart-table.ts';
import { numberText } from './number-text.ts';

/** One candidate's metric; all three null, with a reason, where it is not defined. */
export interface MetricRow {
  readonly name: string;
  readonly colour: string;
  readonly baseline: boolean;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly reason?: string | undefined;
}

/** A scale in pixels that holds every interval. */
export function intervalScale(
  rows: readonly MetricRow[],
  width: number,
): ScaleLinear<number, number> {
  const ends = rows.flatMap((row) => [row.low, row.value, row.high]).filter((end) => end !== null);
  let low = ends.length === 0 ? 0 : Math.min(...ends);
  let high = ends.length === 0 ? 1 : Math.max(...ends);
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  return scaleLinear().domain([low, high]).nice(6).range([0, width]);
}

/** The value and its interval in a few characters, or why there is none. */
export function intervalText(row: Omit<MetricRow, 'name' | 'colour' | 'baseline'>): string {
  if (row.value === null) return row.reason ?? 'not defined';
  if (row.low === null || row.high === null) return numberText(row.value);
  return `${numberText(row.value)} [${numberText(row.low)}, ${numberText(row.high)}]`;
}

export function intervalTable(rows: readonly MetricRow[], metric: string): ChartTable {
  return {
    columns: [
      { title: 'candidate', numeric: false },
      { title: metric, numeric: true },
      { title: '95% interval, low', numeric: true },
      { title: '95% interval, high', numeric: true },
    ],
    rows: rows.map((row) => [row.name, row.value, row.low, row.high]),
  };
}
