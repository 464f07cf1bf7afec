import { exp, ln } from '#core/math.ts';

/**
 * Pearson's χ² test of whether two rows of counts come from one distribution.
 * @param before counts by category, in one order for both
 * @returns its p-value; 1 where a row is empty or there is one category
 */
export function chiSquarePValue(before: readonly number[], after: readonly number[]): number {
  const totals = before.map((count, i) => count + (after[i] ?? 0));
  const sumBefore = before.reduce((sum, count) => sum + count, 0);
  const sumAfter = after.reduce((sum, count) => sum + count, 0);
  const freedom = totals.filter((total) => total > 0).length - 1;
  if (freedom < 1 || sumBefore === 0 || sumAfter === 0) return 1;
  let statistic = 0;
  for (const [i, total] of totals.entries()) {
    if (total === 0) continue;
    for (const [count, sum] of [
      [before[i] ?? 0, sumBefore] as const,
      [after[i] ?? 0, sumAfter] as const,
    ]) {
      const expected = (total * sum) / (sumBefore + sumAfter);
      statistic += ((count - expected) * (count - expected)) / expected;
    }
  }
  return chiSquareTail(statistic, freedom);
}

/** P(X > x) of the χ² distribution with a whole number of degrees of freedom: Q(freedom / 2, x / 2). */
export function chiSquareTail(x: number, freedom: number): number {
  if (x <= 0) return 1;
  const a = freedom / 2;
  const z = x / 2;
  const scale = exp(a * ln(z) - z - lnGammaOfHalves(freedom));
  return z < a + 1 ? 1 - scale * lowerSeries(a, z) : scale * upperFraction(a, z);
}

/** γ(a, z) without its scale, by its series (Abramowitz and Stegun 6.5.29). */
function lowerSeries(a: number, z: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * 1e-17; n += 1) {
    term *= z / (a + n);
    sum += term;
  }
  return sum;
}

/** Γ(a, z) without its scale, by its continued fraction (6.5.31), evaluated as Lentz does. */
function upperFraction(a: number, z: number): number {
  let b = z + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 100_000; n += 1) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return fraction;
}

/** ln Γ(n / 2), from Γ(1) = 1 and Γ(½) = √π upwards. */
function lnGammaOfHalves(n: number): number {
  let sum = n % 2 === 0 ? 0 : ln(Math.PI) / 2;
  for (let half = n % 2 === 0 ? 1 : 0.5; half < n / 2; half += 1) sum += ln(half);
  return sum;
}
