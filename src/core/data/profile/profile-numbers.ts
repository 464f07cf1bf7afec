import { histogramOf } from './histogram.ts';
import { momentsOf } from './moments.ts';
import type { NumbersProfile, TimesProfile } from './profile.ts';
import { quantilesOf } from './quantiles.ts';
import { sortedNumbers } from './sort-numbers.ts';

export const EXAMPLES = 5;

type Named<P> = Omit<P, 'name' | 'type'>;

/** Profile of a column of numbers with NaN for missing; null where all are missing. */
export function profileNumbers(values: Float64Array): Named<NumbersProfile> | null {
  const sorted = presentSorted(values);
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

/**
 * Profile of a column of dates; null where all are missing.
 * @param texts ISO 8601, '' for missing
 * @param times the same as milliseconds since 1970, NaN for missing
 */
export function profileTimes(
  texts: readonly string[],
  times: Float64Array,
): Named<TimesProfile> | null {
  const sorted = presentSorted(times);
  if (sorted.length === 0) return null;
  const distinct = countDistinct(sorted);
  const textOf = (time: number): string => texts[times.indexOf(time)] ?? '';
  return {
    kind: 'times',
    count: sorted.length,
    missing: times.length - sorted.length,
    distinct,
    earliest: textOf(sorted[0] ?? NaN),
    latest: textOf(sorted[sorted.length - 1] ?? NaN),
    quantiles: quantilesOf(sorted),
    histogram: histogramOf(sorted),
    examples: firstDistinct(times, distinct).map((row) => texts[row] ?? ''),
  };
}

/** The values that are there, ascending; 0 for −0, which is the same number. */
function presentSorted(values: Float64Array): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (!Number.isNaN(value)) {
      present[count] = value + 0;
      count += 1;
    }
  }
  return sortedNumbers(present.subarray(0, count));
}

function countDistinct(sorted: Float64Array): number {
  let distinct = 1;
  for (let i = 1; i < sorted.length; i += 1) {
    if (sorted[i] !== sorted[i - 1]) distinct += 1;
  }
  return distinct;
}

/** Rows of the first distinct values. */
function firstDistinct(values: Float64Array, distinct: number): number[] {
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
