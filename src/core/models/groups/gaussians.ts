import type { FeatureMatrix } from '#core/features/matrix.ts';
import { exp, ln } from '#core/math.ts';

export type CovarianceKind = 'full' | 'tied' | 'diag' | 'spherical';

/** k normal distributions as they are evaluated: ln p(x) = constant − ½ |(x − mean) · factor|², each with its weight. */
export interface Gaussians {
  readonly k: number;
  readonly width: number;
  /** [k, width] */
  readonly means: Float64Array;
  /**
   * What differences to the mean are multiplied by: upper triangular [k, width, width], one for all [1, width, width], or
   * one over the deviations [k, width].
   */
  readonly factors: Float64Array;
  readonly factorShape: readonly number[];
  /** ln weight + ln det factor − ½ width ln 2π, one per component. */
  readonly constants: Float64Array;
}

/** Posterior probabilities [rows, k] and ln p(x) of each row. */
export function posteriors(
  gaussians: Gaussians,
  features: FeatureMatrix,
): { readonly shares: Float64Array; readonly logLikelihood: Float64Array } {
  const { k } = gaussians;
  const shares = new Float64Array(features.rows * k);
  const logLikelihood = new Float64Array(features.rows);
  const logs = new Float64Array(k);
  const away = new Float64Array(gaussians.width);
  for (let i = 0; i < features.rows; i += 1) {
    let largest = -Infinity;
    for (let c = 0; c < k; c += 1) {
      const log =
        (gaussians.constants[c] ?? 0) - 0.5 * squaredForm(gaussians, features, i, c, away);
      logs[c] = log;
      if (log > largest) largest = log;
    }
    let sum = 0;
    for (let c = 0; c < k; c += 1) {
      const share = exp((logs[c] ?? 0) - largest);
      shares[i * k + c] = share;
      sum += share;
    }
    for (let c = 0; c < k; c += 1) shares[i * k + c] = (shares[i * k + c] ?? 0) / sum;
    logLikelihood[i] = largest + ln(sum);
  }
  return { shares, logLikelihood };
}

/** |(x − mean) · factor|² of one row and one component. @param away room for width numbers */
function squaredForm(
  { width, means, factors, factorShape }: Gaussians,
  { values }: FeatureMatrix,
  i: number,
  c: number,
  away: Float64Array,
): number {
  for (let j = 0; j < width; j += 1) {
    away[j] = (values[i * width + j] ?? 0) - (means[c * width + j] ?? 0);
  }
  let sum = 0;
  if (factorShape.length === 2) {
    for (let j = 0; j < width; j += 1) {
      const part = (away[j] ?? 0) * (factors[c * width + j] ?? 0);
      sum += part * part;
    }
    return sum;
  }
  const start = factorShape[0] === 1 ? 0 : c * width * width;
  for (let j = 0; j < width; j += 1) {
    let part = 0;
    for (let m = 0; m <= j; m += 1) part += (away[m] ?? 0) * (factors[start + m * width + j] ?? 0);
    sum += part * part;
  }
  return sum;
}
