import { numberOf } from '#core/spec/parameters.ts';
import type { TrainingInput } from '../estimator.ts';
import { minimize, type LbfgsState } from './lbfgs.ts';
import type { LogisticPlace, LogisticSearch } from './logistic-search.ts';
import type { BlockLoss, RowBlocks } from './row-blocks.ts';
import { penaltyOf, scaledProblem } from './scaled-problem.ts';

/** The best coefficients with an L2 penalty, or none, by limited-memory BFGS. */
export async function* fitSmoothLogistic(
  { parameters }: TrainingInput,
  blocks: RowBlocks,
  loss: BlockLoss,
  penalty: number,
): LogisticSearch {
  const problem = { blocks, loss, penalty, curvature: 1 / 4 };
  const { objective, unscale } = await scaledProblem(problem);
  const size = blocks.width * blocks.sets;
  const search = minimize(objective, new Float64Array(size + blocks.sets), {
    maxIterations: numberOf(parameters, 'max_iter'),
    tolerance: numberOf(parameters, 'tol'),
    curvature: problem.curvature,
  });
  const place = ({ value, point: scaled, ...state }: LbfgsState): LogisticPlace => {
    const point = unscale(scaled);
    return { ...state, point, loss: value - penaltyOf(point, size, penalty) };
  };
  let step = await search.next();
  while (step.done !== true) {
    yield place(step.value);
    step = await search.next();
  }
  return place(step.value);
}
