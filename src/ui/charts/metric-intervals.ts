import type { ChartTable } from './chart-table.ts';
import { boundsText, figureText } from './number-text.ts';

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

/** The value and its interval in a few characters, or why there is none. */
export function intervalText(row: Omit<MetricRow, 'name' | 'colour' | 'baseline'>): string {
  if (row.value === null) return row.reason ?? 'not defined';
  if (row.low === null || row.high === null) return figureText(row.value);
  return `${figureText(row.value)} (${boundsText(row.low, row.high)})`;
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
