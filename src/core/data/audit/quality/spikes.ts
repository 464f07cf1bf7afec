import type { AuditColumn } from '../audit-column.ts';

/** The distinct numbers of a column, ascending, with the rows of each. */
export interface Spikes {
  readonly values: readonly number[];
  readonly counts: readonly number[];
}

export function spikesOf({ sorted }: AuditColumn): Spikes {
  const values: number[] = [];
  const counts: number[] = [];
  let from = 0;
  for (let i = 1; i <= sorted.length; i += 1) {
    if (i < sorted.length && sorted[i] === sorted[from]) continue;
    values.push(sorted[from] ?? NaN);
    counts.push(i - from);
    from = i;
  }
  return { values, counts };
}

/** A quantile of ascending numbers by linear interpolation (Hyndman and Fan, 1996, definition 7). */
export function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const rank = Math.floor(position);
  const low = sorted[rank] ?? NaN;
  const high = sorted[Math.min(rank + 1, sorted.length - 1)] ?? NaN;
  return low + (high - low) * (position - rank);
}
