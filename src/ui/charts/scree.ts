import type { ChartTable } from './chart-table.ts';
import { percentText } from './number-text.ts';

/** What share of the variance each component holds. */
export interface Scree {
  readonly shares: readonly number[];
  /** So many of the first are kept. */
  readonly kept: number;
}

/** What a sum of shares may lack of 1 by rounding alone. */
const ROUNDING = 1e-9;

/** The share of the first components together, for each number of them. */
export function cumulative({ shares }: Pick<Scree, 'shares'>): number[] {
  let sum = 0;
  return shares.map((share) => {
    sum += share;
    return sum > 1 - ROUNDING ? 1 : sum;
  });
}

export function screeTable(scree: Scree): ChartTable {
  const sums = cumulative(scree);
  return {
    columns: [
      { title: 'component', numeric: true },
      { title: 'share of variance', numeric: true },
      { title: 'share up to here', numeric: true },
      { title: 'kept', numeric: false },
    ],
    rows: scree.shares.map((share, k) => [
      k + 1,
      share,
      sums[k] ?? 1,
      k < scree.kept ? 'yes' : 'no',
    ]),
  };
}

/** `Component 2 holds 19% of the variance, the first 2 together 88%; kept` */
export function screeReading(scree: Scree, k: number | null): string {
  const share = k === null ? undefined : scree.shares[k];
  if (k === null || share === undefined) return '';
  const together =
    k === 0 ? '' : `, the first ${k + 1} together ${percentText(cumulative(scree)[k] ?? 1)}`;
  return `Component ${k + 1} holds ${percentText(share)} of the variance${together}; ${k < scree.kept ? 'kept' : 'not kept'}`;
}
