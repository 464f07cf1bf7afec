import type { ChartTable } from './chart-table.ts';
import { figureText } from './number-text.ts';

/** One candidate's metric in each fold; null where it is not defined there, and then without a mean. */
export interface FoldRow {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly (number | null)[];
  readonly mean: number | null;
  readonly standardDeviation: number | null;
}

/** Mean and standard deviation in a few characters. */
export function meanText({ mean, standardDeviation }: FoldRow): string {
  if (mean === null || standardDeviation === null) return 'not defined in every fold';
  return `${figureText(mean)} ± ${figureText(standardDeviation)}`;
}

export function foldTable(rows: readonly FoldRow[], metric: string): ChartTable {
  const folds = rows[0]?.values ?? [];
  const numbers = [
    `${metric}, mean`,
    'standard deviation',
    ...folds.map((_, i) => `fold ${i + 1}`),
  ];
  return {
    columns: [
      { title: 'candidate', numeric: false },
      ...numbers.map((title) => ({ title, numeric: true })),
    ],
    rows: rows.map((row) => [row.name, row.mean, row.standardDeviation, ...row.values]),
  };
}
