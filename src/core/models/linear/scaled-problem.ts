import type { Objective } from './lbfgs.ts';
import type { BlockLoss, RowBlocks } from './row-blocks.ts';

/** The smooth part of a linear model's objective, over [width, sets] coefficients and [sets] intercepts. */
export interface LinearProblem {
  readonly blocks: RowBlocks;
  /** Weight of half the squared coefficients; the intercepts are free. */
  readonly penalty: number;
  /** The largest curvature that a row's loss has in its score. */
  readonly curvature: number;
  readonly loss: BlockLoss;
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

export async function scaledProblem(problem: LinearProblem): Promise<ScaledProblem> {
  const { penalty, blocks } = problem;
  const { sets, width } = blocks;
  const coefficients = width * sets;
  const { means, units } = await featureUnits(problem);
  const unscale = (scaled: Float64Array): Float64Array => {
    const point = scaled.slice();
    for (let j = 0; j < width; j += 1) {
      for (let k = 0; k < sets; k += 1) {
        const at = j * sets + k;
        point[at] = (scaled[at] ?? 0) * (units[j] ?? 1);
        point[coefficients + k] =
          (point[coefficients + k] ?? 0) - (means[j] ?? 0) * (point[at] ?? 0);
      }
    }
    return point;
  };
  const objective: Objective = async (scaled, gradient) => {
    const point = unscale(scaled);
    const loss = await blocks.mean(point, gradient, problem.loss);
    for (let j = 0; j < width; j += 1) {
      for (let k = 0; k < sets; k += 1) {
        const at = j * sets + k;
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
export async function featureUnits({
  blocks,
  penalty,
  curvature,
}: Pick<LinearProblem, 'blocks' | 'penalty' | 'curvature'>): Promise<{
  readonly means: Float64Array;
  readonly units: Float64Array;
}> {
  // Sums of what each row differs from the first: exact for constant features, and safe far from 0.
  const { first, sums, squares } = await blocks.moments();
  const { rows } = blocks;
  const means = sums.map((sum, j) => (first[j] ?? 0) + sum / rows);
  const units = squares.map((square, j) => {
    const shift = (sums[j] ?? 0) / rows;
    const variance = Math.max(0, square / rows - shift * shift);
    return square === 0 ? 0 : 1 / Math.sqrt(variance + penalty / curvature + Number.MIN_VALUE);
  });
  return { means, units };
}
