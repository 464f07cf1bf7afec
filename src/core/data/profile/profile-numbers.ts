import { presentSorted } from '#core/data/readings.ts';
import { histogramOf } from './histogram.ts';
import { momentsOf } from './moments.ts';
import type { NumbersProfile } from './profile.ts';
import { quantilesOf } from './quantiles.ts';

export const EXAMPLES = 5;

export type Named<P> = Omit<P, 'name' | 'type'>;

/**
 * Profile of a column of numbers; null where all are missing.
 * @param values one per row, NaN for missing
 * @param sorted those that are there, ascending
 */
export function profileNumbers(
  values: Float64Array,
  sorted: Float64Array = presentSorted(values),
): Named<NumbersProfile> | null {
  if (sorted.length === 0) return null;
  const distinct = countDistinct(sorted);
  return {
    kind: 'numbers',
    count: sorted.length,
    missing: values.length - sorted.length,
    distinct,
    quantiles: quantilesOf(sorted),
    ...momentsOf(sorted),
    histogram: histogramOf(sorted),
    examples: firstDistinct(values, distinct).map((row) => values[row] ?? NaN),
  };
}

export function countDistinct(sorted: Float64Array): number {
  let distinct = 1;
  for (let i = 1; i < sorted.length; i += 1) {
    if (sorted[i] !== sorted[i - 1]) distinct += 1;
  }
  return distinct;
}

/** Rows of the first distinct values. */
export function firstDistinct(values: Float64Array, distinct: number): number[] {
  const wanted = Math.min(EXAMPLES, distinct);
  const seen = new Set<number>();
  const rows: number[] = [];
  for (let row = 0; row < values.length && rows.length < wanted; row += 1) {
    const value = values[row] ?? NaN;
    if (Number.isNaN(value) || seen.has(value)) continue;
    seen.add(value);
    rows.push(row);
  }
  return rows;
}
