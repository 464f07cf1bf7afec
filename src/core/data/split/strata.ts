import type { SplitInput } from './split-method.ts';

/** A regression target is cut into at most this many quantiles, each of at least `ROWS_PER_QUANTILE` rows. */
const MAX_QUANTILES = 10;
const ROWS_PER_QUANTILE = 5;

/** The stratum of each entry, from 0: its class, or the quantile of its value; all 0 unless stratified. */
export function strataOf({ stratify, target, rows }: SplitInput): Int32Array {
  if (!stratify) return new Int32Array(rows.length);
  return target.classes === null ? quantiles(target.values) : Int32Array.from(target.values);
}

/**
 * Cuts values into quantiles of about equal size. Equal values fall into one, so that the order of the rows
 * plays no part: ⌊(count of smaller values) · quantiles ÷ n⌋.
 */
export function quantiles(values: Float64Array): Int32Array {
  const sorted = Float64Array.from(values).sort();
  const count = Math.max(1, Math.min(MAX_QUANTILES, Math.floor(values.length / ROWS_PER_QUANTILE)));
  return Int32Array.from(values, (value) =>
    Math.floor((countBelow(sorted, value) * count) / sorted.length),
  );
}

/** How many of the sorted values are smaller. */
function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The entries of each stratum that has any, strata ascending, entries in the order in which they are given. */
export function entriesByStratum(strata: Int32Array, order: Iterable<number>): number[][] {
  const found = new Map<number, number[]>();
  for (const entry of order) {
    const stratum = strata[entry] ?? 0;
    const entries = found.get(stratum);
    if (entries === undefined) found.set(stratum, [entry]);
    else entries.push(entry);
  }
  return [...found].sort(([a], [b]) => a - b).map(([, entries]) => entries);
}
