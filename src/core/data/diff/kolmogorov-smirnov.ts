import { exp } from '#core/math.ts';

/**
 * The two-sample Kolmogorov–Smirnov statistic: the largest distance between two samples' empirical
 * distribution functions, 0 to 1; 0 where a sample is empty.
 * @param a sorted, without NaN
 * @param b sorted, without NaN
 */
export function ksStatistic(a: Float64Array, b: Float64Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  let largest = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] ?? 0, b[j] ?? 0);
    while (i < a.length && a[i] === value) i += 1;
    while (j < b.length && b[j] === value) j += 1;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

/**
 * How likely a statistic at least as large is when both samples come from one distribution, by
 * Kolmogorov's limit (Feller 1948): close for samples of a few dozen, cautious for smaller ones.
 */
export function ksPValue(statistic: number, sizeA: number, sizeB: number): number {
  if (sizeA === 0 || sizeB === 0) return 1;
  return kolmogorovTail(Math.sqrt((sizeA * sizeB) / (sizeA + sizeB)) * statistic);
}

/** P(K > x) of Kolmogorov's distribution, by whichever of its two series converges fast. */
export function kolmogorovTail(x: number): number {
  if (x <= 0) return 1;
  let sum = 0;
  if (x < 1) {
    const square = (Math.PI * Math.PI) / (8 * x * x);
    for (let k = 1; k < 40; k += 2) sum += exp(-k * k * square);
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = 1; k < 20; k += 1) sum += (k % 2 === 1 ? 2 : -2) * exp(-2 * k * k * x * x);
  return sum;
}
