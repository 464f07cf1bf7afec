import { Breather } from '#core/breather.ts';
import { numberOf } from '#core/spec/parameters.ts';
import type { Training, TrainingInput } from '../estimator.ts';
import { conjugateGradients, dot } from './conjugate-gradients.ts';
import { linearTrained, linearWeights, meanSquaredError } from './linear-model.ts';
import { RowBlocks, type BlockLoss } from './row-blocks.ts';
import { penaltyOf, scaledProblem } from './scaled-problem.ts';

/** The residual of the equations is at most this share of what it is at 0; and how many steps it may take. */
const TOLERANCE = 1e-10;
const MOST_STEPS = 3000;

/**
 * Ridge regression of so many features that their products with each other are too many: the same minimum as by the
 * normal equations, by conjugate gradients over features of unit scale (scikit-learn's `sparse_cg`). With alpha = 0 and
 * features that do not determine the coefficients, the smallest ones by these scales.
 */
export async function* fitIterativeRidge({
  train,
  validation,
  parameters,
  signal,
}: TrainingInput): Training {
  const { width } = train.features;
  const blocks = await RowBlocks.over(train, 1, new Breather(signal));
  const common = { blocks, penalty: numberOf(parameters, 'alpha') / blocks.total, curvature: 1 };
  const { objective: product, unscale } = await scaledProblem({ ...common, loss: halfSquares });
  const right = new Float64Array(width + 1);
  const atOrigin = await scaledProblem({ ...common, loss: ofTarget });
  const constant = await atOrigin.objective(new Float64Array(width + 1), right);
  for (const [j, slope] of right.entries()) right[j] = -slope;
  const weightsAt = (scaled: Float64Array) => {
    const point = unscale(scaled);
    return linearWeights(point.slice(0, width), point.slice(width), width);
  };
  let weights = weightsAt(new Float64Array(width + 1));
  let left = 0;
  for await (const { iteration, point, residual, share } of conjugateGradients(product, right)) {
    weights = weightsAt(point);
    left = share;
    const penalized = constant - (dot(right, point) + dot(residual, point)) / 2;
    yield {
      epoch: iteration,
      epochs: MOST_STEPS,
      trainLoss: Math.max(0, 2 * (penalized - penaltyOf(unscale(point), width, common.penalty))),
      validationLoss: meanSquaredError(validation, weights),
    };
    if (share <= TOLERANCE || iteration === MOST_STEPS) break;
  }
  const warnings =
    left <= TOLERANCE
      ? []
      : [
          `Ridge regression stopped after ${MOST_STEPS} steps with ${left.toPrecision(2)} of the equations’ residual left, above the tolerance ${TOLERANCE}.`,
        ];
  return linearTrained(weights, 'regression', warnings);
}

/** Σ count · score² ÷ 2 */
const halfSquares: BlockLoss = ({ scores, counts }, rows) => {
  let sum = 0;
  for (let i = 0; i < rows; i += 1) {
    const score = scores[i] ?? 0;
    const slope = (counts[i] ?? 0) * score;
    scores[i] = slope;
    sum += (slope * score) / 2;
  }
  return sum;
};

/** Σ count · (0 − target)² ÷ 2, and what pulls scores away from 0. */
const ofTarget: BlockLoss = ({ scores, target, counts }, rows) => {
  let sum = 0;
  for (let i = 0; i < rows; i += 1) {
    const y = counts[i] === 0 ? 0 : (target[i] ?? 0);
    scores[i] = -(counts[i] ?? 0) * y;
    sum += ((counts[i] ?? 0) * y * y) / 2;
  }
  return sum;
};
