import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { Objective } from './lbfgs.ts';

/** The smooth part of a linear model's objective, over [width, free] coefficients and [free] intercepts. */
export interface LinearProblem {
  readonly features: FeatureMatrix;
  readonly free: number;
  /** Weight of half the squared coefficients; the intercepts are free. */
  readonly penalty: number;
  /** The largest curvature that a row's loss has in its score. */
  readonly curvature: number;
  /** Mean loss of the rows; fills the gradient. */
  readonly loss: Objective;
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

export function scaledProblem(problem: LinearProblem): ScaledProblem {
  const { free, penalty, features } = problem;
  const { width } = features;
  const coefficients = width * free;
  const { means, units } = featureUnits(problem);
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
    const loss = problem.loss(point, gradient);
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

/** penalty ÷ 2 times the squared coefficients. */
export function penaltyOf(point: Float64Array, coefficients: number, penalty: number): number {
  let sum = 0;
  for (let i = 0; i < coefficients; i += 1) sum += (point[i] ?? 0) * (point[i] ?? 0);
  return (penalty / 2) * sum;
}

/**
 * Each feature's mean, and one over its spread, widened by what the penalty adds to the loss's curvature (Böhning, 1992):
 * in these units every coefficient has the loss's own curvature. 0 for a feature that never varies.
 */
export function featureUnits({
  features: { rows, width, values },
  penalty,
  curvature,
}: Pick<LinearProblem, 'features' | 'penalty' | 'curvature'>): {
  readonly means: Float64Array;
  readonly units: Float64Array;
} {
  // Sums of what each row differs from the first: exact for constant features, and safe far from 0.
  const first = values.slice(0, width);
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  for (let i = 0; i < rows; i += 1) {
    const row = i * width;
    for (let j = 0; j < width; j += 1) {
      const away = (values[row + j] ?? 0) - (first[j] ?? 0);
      sums[j] = (sums[j] ?? 0) + away;
      squares[j] = (squares[j] ?? 0) + away * away;
    }
  }
  const means = sums.map((sum, j) => (first[j] ?? 0) + sum / rows);
  const units = squares.map((square, j) => {
    const shift = (sums[j] ?? 0) / rows;
    const variance = Math.max(0, square / rows - shift * shift);
    return square === 0 ? 0 : 1 / Math.sqrt(variance + penalty / curvature + Number.MIN_VALUE);
  });
  return { means, units };
}
