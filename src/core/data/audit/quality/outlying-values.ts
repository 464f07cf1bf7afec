import { ln, pow } from '#core/math.ts';
import type { AuditColumn } from '../audit-column.ts';
import { missingCodesOf } from './missing-codes.ts';
import { quantile } from './spikes.ts';

/** Below this many values quantiles of the tails are guesses. */
const MIN_VALUES = 20;
/** Tukey's inner fences (1977): nothing within them is an outlier, however light the tails. */
const INNER_FENCE = 1.5;
/** More than this share outside is a part of the distribution. */
const MAX_SHARE = 0.03;
/** Even so many are none where a gap parts them from the others. */
const MAX_CLEAR_SHARE = 0.06;
/** So many outliers are expected among clean values. */
const EXPECTED = 0.01;
/** An exponential tail has a ratio of ln 5 ÷ ln 2 between the distances of its 90% and 75% quantile. */
const EXPONENTIAL_RATIO = ln(5) / ln(2);
/** Outliers stand clear where they lie this much farther out than any other value. */
const CLEAR_GAP = 1.5;

export interface Outliers {
  /** What lies below or above is an outlier. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Whether a gap parts them from the others. */
  readonly isClear: boolean;
  /** The values without outliers and codes for missing, ascending. */
  readonly inliers: Float64Array;
}

/**
 * Values farther out than the tails of the others lead one to expect. Each side's tail is taken for a
 * stretched exponential, P(D > d) = exp(−(d ÷ λ)^(1 ÷ τ)) ÷ 2, through its 75% and 90% quantile, which a tenth of outliers would not move, whose fence leaves 0.01
 * values of a clean column outside: about 5 deviations from the mean of a thousand normal values, 17 half-lives of
 * exponential ones. Positive values must be far out on a logarithmic scale too, so that a lognormal column has none.
 * @returns null where there are too few values, or too many are equal
 */
export function outliersOf(column: AuditColumn): Outliers | null {
  const codes = new Set(missingCodesOf(column).map(({ value }) => value));
  const sorted =
    codes.size === 0 ? column.sorted : column.sorted.filter((value) => !codes.has(value));
  if (sorted.length < MIN_VALUES) return null;
  const plain = fences(sorted);
  if (plain === null) return null;
  let [low, high] = plain;
  if ((sorted[0] ?? 0) > 0) {
    const logs = fences(sorted.map((value) => ln(value)));
    if (logs !== null) {
      // Compared where the numbers are, so that exp need not undo ln.
      high = largestWithin(sorted, high, (value) => ln(value) <= logs[1]);
      low = smallestWithin(sorted, low, (value) => ln(value) >= logs[0]);
    }
  }
  const from = sorted.findIndex((value) => value >= low);
  const to = sorted.findLastIndex((value) => value <= high) + 1;
  const inliers = sorted.slice(from, to);
  const count = sorted.length - inliers.length;
  const isApart = isClear(sorted, from, to);
  if (count > (isApart ? MAX_CLEAR_SHARE : MAX_SHARE) * sorted.length)
    return { low: -Infinity, high: Infinity, count: 0, isClear: false, inliers: sorted };
  return { low, high, count, isClear: isApart, inliers };
}

function fences(sorted: Float64Array): [number, number] | null {
  const [q10, q25, q50, q75, q90] = [0.1, 0.25, 0.5, 0.75, 0.9].map((share) =>
    quantile(sorted, share),
  );
  if (
    q10 === undefined ||
    q25 === undefined ||
    q50 === undefined ||
    q75 === undefined ||
    q90 === undefined
  )
    return null;
  const range = q75 - q25;
  if (!(range > 0)) return null;
  const reach = (near: number, far: number): number =>
    reachOf(near || range / 2, far, sorted.length);
  return [
    Math.min(q25 - INNER_FENCE * range, q50 - reach(q50 - q25, q50 - q10)),
    Math.max(q75 + INNER_FENCE * range, q50 + reach(q75 - q50, q90 - q50)),
  ];
}

/** How far from the median the fence of one side lies. */
function reachOf(near: number, far: number, count: number): number {
  const stretch = Math.max(0.5, ln(Math.max(far / near, 1.01)) / ln(EXPONENTIAL_RATIO));
  return near * pow(ln(count / 2 / (EXPECTED / 2)) / ln(2), stretch);
}

function largestWithin(
  sorted: Float64Array,
  fence: number,
  isWithin: (value: number) => boolean,
): number {
  let i = sorted.length - 1;
  while (i >= 0 && (sorted[i] ?? 0) > fence && !isWithin(sorted[i] ?? 0)) i -= 1;
  return Math.max(fence, sorted[i] ?? fence);
}

function smallestWithin(
  sorted: Float64Array,
  fence: number,
  isWithin: (value: number) => boolean,
): number {
  let i = 0;
  while (i < sorted.length && (sorted[i] ?? 0) < fence && !isWithin(sorted[i] ?? 0)) i += 1;
  return Math.min(fence, sorted[i] ?? fence);
}

function isClear(sorted: Float64Array, from: number, to: number): boolean {
  const middle = quantile(sorted, 0.5);
  const distance = (i: number): number => Math.abs((sorted[i] ?? middle) - middle);
  const below = from === 0 || distance(from - 1) >= CLEAR_GAP * distance(from);
  const above = to === sorted.length || distance(to) >= CLEAR_GAP * distance(to - 1);
  return below && above;
}
