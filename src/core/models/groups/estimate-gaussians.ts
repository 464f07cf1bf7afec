import type { FeatureMatrix } from '#core/features/matrix.ts';
import { ln } from '#core/math.ts';
import { deviationFactors, logDeterminant, matrixFactors } from './covariance-factors.ts';
import type { CovarianceKind, Gaussians } from './gaussians.ts';

const LN_TWO_PI = 1.8378770664093453;

/**
 * The distributions of rows that each belong to the components by shares: means, covariances with `floor` added to their
 * diagonals, and weights, as scikit-learn's GaussianMixture estimates them.
 * @param shares [rows, k]
 * @throws TerrariumError where a covariance is not positive definite
 */
export function estimateGaussians(
  { rows, width, values }: FeatureMatrix,
  shares: Float64Array,
  { k, kind, floor }: { readonly k: number; readonly kind: CovarianceKind; readonly floor: number },
): Gaussians {
  const totals = new Float64Array(k).fill(10 * Number.EPSILON);
  const means = new Float64Array(k * width);
  for (let i = 0; i < rows; i += 1) {
    for (let c = 0; c < k; c += 1) {
      const share = shares[i * k + c] ?? 0;
      totals[c] = (totals[c] ?? 0) + share;
      for (let j = 0; j < width; j += 1) {
        means[c * width + j] = (means[c * width + j] ?? 0) + share * (values[i * width + j] ?? 0);
      }
    }
  }
  for (let at = 0; at < means.length; at += 1) {
    means[at] = (means[at] ?? 0) / (totals[Math.floor(at / width)] ?? 1);
  }
  const data = { rows, width, values, shares, means, totals, k };
  const { factors, factorShape } =
    kind === 'full' || kind === 'tied'
      ? matrixFactors(data, kind === 'tied', floor)
      : deviationFactors(data, kind === 'spherical', floor);
  const all = totals.reduce((sum, total) => sum + total, 0);
  const constants = Float64Array.from(
    totals,
    (total, c) =>
      ln(total / all) + logDeterminant(factors, factorShape, c, width) - 0.5 * width * LN_TWO_PI,
  );
  return { k, width, means, factors, factorShape, constants };
}
