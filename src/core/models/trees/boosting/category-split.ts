import type { BinnedFeature } from '../binned-features.ts';
import { countAt, gradientAt, hessianAt, hessianOf, type FixedPoint } from '../fixed-point.ts';
import { leafValue, type Place } from './node-place.ts';

/** A split that sends some categories left, and all others right. */
export interface CategorySplit {
  /** −G·value of both sides together. */
  readonly score: number;
  /** Bins that go left; that of missing values is one like any other. */
  readonly bins: readonly number[];
}

/** scikit-learn's MIN_CAT_SUPPORT: categories that weigh less always go right, and means are drawn so far to 0. */
const SUPPORT = 10;
/** Smallest sum of hessians on either side of a split. */
const LEAST_HESSIAN = 1e-3;

interface Category {
  readonly bin: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly count: number;
  /** G ÷ (H + 10) */
  readonly mean: number;
}

/**
 * The best split of a node by one feature of categories, as scikit-learn's: categories in the order of their gradients
 * (Fisher, "On Grouping for Maximum Homogeneity", 1958), the first ones or the last ones go left, at most half of them.
 *
 * @param words the memory as int32; the feature's bins begin at `start` in it
 */
export function findCategorySplit(
  words: Int32Array,
  start: number,
  { bins, hasMissing }: BinnedFeature,
  { sum, gradient, count, bounds }: Place,
  unit: FixedPoint,
  options: { readonly leastRows: number; readonly l2: number },
): CategorySplit | undefined {
  const { leastRows, l2 } = options;
  const hessian = hessianOf(sum.counted, unit);
  const all = bins + Number(hasMissing);
  const categories = Array.from({ length: all }, (_, bin) => categoryAt(words, start, bin, unit))
    .filter((one) => (one.hessian * count) / hessian >= SUPPORT)
    .sort((a, b) => a.mean - b.mean);
  const half = Math.ceil(categories.length / 2);
  let best: CategorySplit | undefined;
  for (const [order, most] of [
    [categories, categories.length > 1 ? half : 0],
    [[...categories].reverse(), half - 1],
  ] as const) {
    let [leftGradient, leftHessian, leftCount] = [0, 0, 0];
    for (const [i, one] of order.slice(0, Math.max(0, most)).entries()) {
      leftGradient += one.gradient;
      leftHessian += one.hessian;
      leftCount += one.count;
      if (leftCount < leastRows || leftHessian < LEAST_HESSIAN) continue;
      const rest = hessian - leftHessian;
      if (count - leftCount < leastRows || rest < LEAST_HESSIAN) break;
      const left = leafValue(leftGradient, leftHessian, l2, bounds);
      const right = leafValue(gradient - leftGradient, rest, l2, bounds);
      const score = -(leftGradient * left + (gradient - leftGradient) * right);
      if (score > (best?.score ?? -Infinity)) {
        best = { score, bins: order.slice(0, i + 1).map(({ bin }) => bin) };
      }
    }
  }
  return best;
}

function categoryAt(words: Int32Array, start: number, bin: number, unit: FixedPoint): Category {
  const place = start + bin * 4;
  const [gradient, hessian] = [gradientAt(words, place, unit), hessianAt(words, place, unit)];
  const count = countAt(words, place, unit);
  return { bin, gradient, hessian, count, mean: gradient / (hessian + SUPPORT) };
}
