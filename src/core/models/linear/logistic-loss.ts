import { exp, ln } from '#core/math.ts';
import type { TrainingData } from '../estimator.ts';
import type { Objective } from './lbfgs.ts';

/**
 * Mean cross-entropy in nats; adds its gradient where one is given.
 * @param point [width, free] coefficients row-major, then [free] intercepts; with two classes one score
 *   is free and the first class's is 0
 */
export function meanCrossEntropy(
  { features, target }: TrainingData,
  point: Float64Array,
  free: number,
  gradient: Float64Array | null,
): number {
  const { rows, width, values } = features;
  const scores = new Float64Array(free);
  /** Class of the first free score. */
  const first = free === 1 ? 1 : 0;
  let loss = 0;
  for (let i = 0; i < rows; i += 1) {
    const at = i * width;
    for (let k = 0; k < free; k += 1) scores[k] = point[width * free + k] ?? 0;
    for (let j = 0; j < width; j += 1) {
      const x = values[at + j] ?? 0;
      if (x === 0) continue;
      for (let k = 0; k < free; k += 1)
        scores[k] = (scores[k] ?? 0) + x * (point[j * free + k] ?? 0);
    }
    let top = first === 1 ? 0 : -Infinity;
    for (const score of scores) top = Math.max(top, score);
    let sum = first === 1 ? exp(-top) : 0;
    for (const score of scores) sum += exp(score - top);
    const label = (target[i] ?? 0) - first;
    loss += top + ln(sum) - (label < 0 ? 0 : (scores[label] ?? 0));
    if (gradient === null) continue;
    for (let k = 0; k < free; k += 1) {
      scores[k] = (exp((scores[k] ?? 0) - top) / sum - (label === k ? 1 : 0)) / rows;
      gradient[width * free + k] = (gradient[width * free + k] ?? 0) + (scores[k] ?? 0);
    }
    for (let j = 0; j < width; j += 1) {
      const x = values[at + j] ?? 0;
      if (x === 0) continue;
      for (let k = 0; k < free; k += 1) {
        gradient[j * free + k] = (gradient[j * free + k] ?? 0) + x * (scores[k] ?? 0);
      }
    }
  }
  return loss / rows;
}

/** penalty ÷ 2 times the squared coefficients; the intercepts are free. */
export function penaltyOf(point: Float64Array, coefficients: number, penalty: number): number {
  let sum = 0;
  for (let i = 0; i < coefficients; i += 1) sum += (point[i] ?? 0) * (point[i] ?? 0);
  return (penalty / 2) * sum;
}

/**
 * The same problem in units in which features far from 0, or of very different scales, do not slow the
 * optimizer down: each coefficient times its feature's spread, and the intercepts at the features' means.
 */
export interface ScaledProblem {
  readonly objective: Objective;
  /** The model's own coefficients and intercepts at a point of the scaled problem. */
  readonly unscale: (scaled: Float64Array) => Float64Array;
}

export function scaledProblem(data: TrainingData, free: number, penalty: number): ScaledProblem {
  const { width } = data.features;
  const coefficients = width * free;
  const { means, units } = featureUnits(data, penalty);
  const unscale = (scaled: Float64Array): Float64Array => {
    const point = scaled.slice();
    for (let j = 0; j < width; j += 1) {
      for (let k = 0; k < free; k += 1) {
        const at = j * free + k;
        point[at] = (scaled[at] ?? 0) * (units[j] ?? 1);
        point[coefficients + k] =
          (point[coefficients + k] ?? 0) - (means[j] ?? 0) * (point[at] ?? 0);
      }
    }
    return point;
  };
  const objective: Objective = (scaled, gradient) => {
    const point = unscale(scaled);
    gradient.fill(0);
    const loss = meanCrossEntropy(data, point, free, gradient);
    for (let j = 0; j < width; j += 1) {
      for (let k = 0; k < free; k += 1) {
        const at = j * free + k;
        const own = (gradient[at] ?? 0) + penalty * (point[at] ?? 0);
        const shifted = own - (means[j] ?? 0) * (gradient[coefficients + k] ?? 0);
        gradient[at] = shifted * (units[j] ?? 1);
      }
    }
    return loss + penaltyOf(point, coefficients, penalty);
  };
  return { objective, unscale };
}

/**
 * Each feature's mean, and one over the root of the largest curvature that its coefficient can have: a
 * quarter of the variance (Böhning, 1992) and the penalty.
 */
function featureUnits(
  { features }: TrainingData,
  penalty: number,
): { readonly means: Float64Array; readonly units: Float64Array } {
  const { rows, width, values } = features;
  const means = new Float64Array(width);
  for (const [i, value] of values.entries()) {
    means[i % width] = (means[i % width] ?? 0) + value / rows;
  }
  const variances = new Float64Array(width);
  for (const [i, value] of values.entries()) {
    const deviation = value - (means[i % width] ?? 0);
    variances[i % width] = (variances[i % width] ?? 0) + (deviation * deviation) / rows;
  }
  return { means, units: variances.map((variance) => 1 / Math.sqrt(variance / 4 + penalty)) };
}
