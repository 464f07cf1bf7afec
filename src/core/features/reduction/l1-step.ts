/** XᵀX ÷ n, one list per column. */
export type Gram = readonly Float64Array[];

/** slope·d + curvature ÷ 2·dᵀ·gram·d + penalty·‖point + d‖₁, the last entry being a free intercept of curvature 1. */
interface Quadratic {
  readonly gram: Gram;
  readonly curvature: number;
  readonly slope: Float64Array;
  readonly penalty: number;
}

/** Passes over all coefficients at most, and those over the ones that are not 0 in between. */
const PASSES = 1000;
const ACTIVE_PASSES = 10;
const SMALL_CHANGE = 1e-10;

/**
 * The point where the quadratic is least, by coordinate descent with soft thresholds (Friedman, Hastie and Tibshirani,
 * 2010, section 2.1). A column that does not vary keeps the coefficient 0.
 */
export function shrinkTowards(
  { gram, curvature, slope, penalty }: Quadratic,
  point: Float64Array,
): Float64Array {
  const next = point.slice();
  const width = gram.length;
  next[width] = (point[width] ?? 0) - (slope[width] ?? 0) / curvature;
  /** gram · (next − point) */
  const moved = new Float64Array(width);
  const pass = (onlyActive: boolean): number => {
    let largest = 0;
    for (const [j, column] of gram.entries()) {
      const before = next[j] ?? 0;
      const bend = curvature * (column[j] ?? 0);
      if (bend === 0 || (onlyActive && before === 0)) continue;
      const pull = bend * before - (slope[j] ?? 0) - curvature * (moved[j] ?? 0);
      const after = softened(pull, penalty) / bend;
      if (after === before) continue;
      next[j] = after;
      for (let i = 0; i < width; i += 1) {
        moved[i] = (moved[i] ?? 0) + (after - before) * (column[i] ?? 0);
      }
      largest = Math.max(largest, Math.abs(after - before));
    }
    return largest;
  };
  for (let i = 0; i < PASSES; i += 1) {
    if (pass(false) <= SMALL_CHANGE) break;
    for (let k = 0; k < ACTIVE_PASSES && pass(true) > SMALL_CHANGE; k += 1);
  }
  return next;
}

function softened(value: number, by: number): number {
  return value > by ? value - by : value < -by ? value + by : 0;
}
