import { chiSquarePValue } from './chi-square.ts';
import { asNumbers, type ComparablePair, type Comparison } from './comparable-values.ts';
import { ksPValue, ksStatistic } from './kolmogorov-smirnov.ts';

/** A distribution counts as moved from this distance on, 0 to 1 … */
export const MOVED_DISTANCE = 0.1;
/** … and a share of missing values from this difference on … */
export const MOVED_MISSING = 0.05;
/** … where chance alone would do as much less often than this. */
export const MOVED_P = 0.01;

const SHOWN_CATEGORIES = 3;

/** How far a column's distribution lies from that of the earlier version; missing values apart. */
export interface ColumnShift {
  readonly name: string;
  readonly measure: 'ks' | 'total-variation';
  /** 0 to 1: Kolmogorov–Smirnov of numbers and times, total variation of categories. */
  readonly distance: number;
  /** Of the Kolmogorov–Smirnov or the χ² test. */
  readonly pValue: number;
  /** Shares of missing values. */
  readonly missing: { readonly before: number; readonly after: number; readonly pValue: number };
  readonly moved: boolean;
  /** Medians of numbers; of times in milliseconds since 1970. Absent where a version has no value. */
  readonly medians?: { readonly before: number; readonly after: number };
  /** The categories whose shares moved most. */
  readonly categories?: readonly {
    readonly value: string;
    readonly before: number;
    readonly after: number;
  }[];
}

/** Null for free text and identifiers, which have no distribution to speak of. */
export function columnShift(
  name: string,
  comparison: Comparison,
  values: ComparablePair,
): ColumnShift | null {
  if (comparison === 'texts') return null;
  const shift = comparison === 'categories' ? categoryShift(values) : numberShift(values);
  const missing = missingShift(values);
  const moved =
    (shift.distance >= MOVED_DISTANCE && shift.pValue < MOVED_P) ||
    (Math.abs(missing.after - missing.before) >= MOVED_MISSING && missing.pValue < MOVED_P);
  return { name, ...shift, missing, moved };
}

type Shift = Omit<ColumnShift, 'name' | 'missing' | 'moved'>;

function numberShift(values: ComparablePair): Shift {
  const before = sortedPresent(asNumbers(values.before));
  const after = sortedPresent(asNumbers(values.after));
  const distance = ksStatistic(before, after);
  return {
    measure: 'ks',
    distance,
    pValue: ksPValue(distance, before.length, after.length),
    ...(before.length > 0 && after.length > 0
      ? { medians: { before: median(before), after: median(after) } }
      : {}),
  };
}

function categoryShift(values: ComparablePair): Shift {
  const counts = [tally(values.before), tally(values.after)] as const;
  const names = [...new Set(counts.flatMap((count) => [...count.keys()]))];
  const [before, after] = counts.map((count) => names.map((name) => count.get(name) ?? 0));
  const [sharesBefore, sharesAfter] = [shares(before ?? []), shares(after ?? [])];
  const categories = names.map((value, i) => ({
    value,
    before: sharesBefore[i] ?? 0,
    after: sharesAfter[i] ?? 0,
  }));
  const gap = (one: (typeof categories)[number]): number => Math.abs(one.after - one.before);
  const comparable = counts.every((count) => count.size > 0);
  return {
    measure: 'total-variation',
    distance: comparable ? categories.reduce((sum, one) => sum + gap(one), 0) / 2 : 0,
    pValue: chiSquarePValue(before ?? [], after ?? []),
    categories: categories.toSorted((a, b) => gap(b) - gap(a)).slice(0, SHOWN_CATEGORIES),
  };
}

function missingShift({ before, after }: ComparablePair): ColumnShift['missing'] {
  const [lost, lostLater] = [missingIn(before), missingIn(after)];
  return {
    before: before.length === 0 ? 0 : lost / before.length,
    after: after.length === 0 ? 0 : lostLater / after.length,
    pValue: chiSquarePValue([lost, before.length - lost], [lostLater, after.length - lostLater]),
  };
}

function missingIn(values: ComparablePair['before']): number {
  let count = 0;
  for (const value of values) if (value === '' || Number.isNaN(value)) count += 1;
  return count;
}

function sortedPresent(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}

function median(sorted: Float64Array): number {
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

function tally(values: ComparablePair['before']): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (typeof value === 'string' && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function shares(counts: readonly number[]): readonly number[] {
  const sum = counts.reduce((total, count) => total + count, 0);
  return counts.map((count) => (sum === 0 ? 0 : count / sum));
}
