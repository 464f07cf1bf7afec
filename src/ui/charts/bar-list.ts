import type { ChartTable } from './chart-table.ts';

/** Named amounts, in the order in which they are drawn. */
export interface BarList {
  /** Heading of the names in the table, for example `column`. */
  readonly names: string;
  /** What is measured, with its unit. */
  readonly measure: string;
  readonly rows: readonly BarRow[];
  /** The amount that fills the width; of bars to both sides, either half of it. */
  readonly full: number;
}

export interface BarRow {
  readonly name: string;
  readonly amount: number;
  /** The amount for reading. */
  readonly text: string;
}

export function barTable({ names, measure, rows }: BarList): ChartTable {
  return {
    columns: [
      { title: names, numeric: false },
      { title: measure, numeric: true },
    ],
    rows: rows.map(({ name, amount }) => [name, amount]),
  };
}

/** The first rows in words, for those who don't see the bars. */
export function barSummary({ rows }: BarList): string {
  const first = rows.slice(0, 5).map(({ name, text }) => `${name} ${text}`);
  return `${first.join(', ')}${rows.length > 5 ? ', and more' : ''}.`;
}
