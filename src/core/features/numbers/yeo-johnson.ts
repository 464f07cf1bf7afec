import { ln } from '#core/math.ts';
import { mean, standardDeviation } from '../statistics.ts';
import { minimize } from './minimize.ts';
import { expm1, ln1p } from './precise-logs.ts';

/** Exponents nearer to 0 than this are taken for it: the limit, a logarithm, differs by less than can be seen. */
const LEAST_EXPONENT = 1e-9;
/** As near as SciPy's search gets. */
const TOLERANCE = 1.48e-8;
/** The smallest float64 with all its digits. */
const LEAST_NORMAL = 2.2250738585072014e-308;
/** Half of the exponents that float64 has, so that variances of powers are numbers too (SciPy's bounds). */
const LN_EPSILON = ln(Number.EPSILON);
const LN_LEAST = (ln(LEAST_NORMAL) - LN_EPSILON) / 2;
const LN_MOST = (ln(Number.MAX_VALUE) + LN_EPSILON) / 2;

/** λ for numbers from 0 up, 2 − λ for those below, both kept from being 0. */
export interface Exponents {
  readonly positive: number;
  readonly negative: number;
}

export function exponentsOf(lambda: number): Exponents {
  return { positive: awayFromZero(lambda), negative: awayFromZero(2 - lambda) };
}

/** ((1 + x)^λ − 1) ÷ λ for x ≥ 0, and −((1 − x)^(2 − λ) − 1) ÷ (2 − λ) below (Yeo and Johnson, 2000, equation 1.3). */
export function yeoJohnson(x: number, { positive, negative }: Exponents): number {
  const exponent = x < 0 ? negative : positive;
  const size = expm1(exponent * ln1p(Math.abs(x))) / exponent;
  return x < 0 ? -size : size;
}

/** λ of the highest likelihood that the transformed values are normal (Yeo and Johnson, 2000, equation 3.1). */
export function likeliestLambda(values: Float64Array): number {
  let largest = 0;
  let logs = 0;
  let [below, above] = [false, false];
  for (const value of values) {
    largest = Math.max(largest, Math.abs(value));
    logs += (value < 0 ? -1 : 1) * ln1p(Math.abs(value));
    if (value < 0) below = true;
    else above = true;
  }
  if (largest === 0) return 1;
  const unlikelihood = (lambda: number): number => {
    const exponents = exponentsOf(lambda);
    const powers = values.map((value) => yeoJohnson(value, exponents));
    const deviation = standardDeviation(powers, mean(powers));
    if (!(deviation * deviation >= LEAST_NORMAL)) return Infinity;
    return values.length * ln(deviation) - (lambda - 1) * logs;
  };
  const width = ln1p(20 * largest);
  const [low, high] = [LN_LEAST / width, LN_MOST / width];
  const bounds: readonly [number, number] = !below
    ? [low, high]
    : above
      ? [Math.max(2 - high, low), Math.min(2 - low, high)]
      : [2 - high, 2 - low];
  return minimize(unlikelihood, bounds, TOLERANCE);
}

function awayFromZero(exponent: number): number {
  if (Math.abs(exponent) >= LEAST_EXPONENT) return exponent;
  return exponent < 0 ? -LEAST_EXPONENT : LEAST_EXPONENT;
}
