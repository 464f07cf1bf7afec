import { Breather } from '#core/pause.ts';
import { numberOf } from '#core/spec/parameters.ts';
import type { TrainingInput } from '../estimator.ts';
import { minimize, type LbfgsState } from './lbfgs.ts';
import type { LogisticLoss } from './logistic-loss.ts';
import type { LogisticPlace, LogisticSearch } from './logistic-search.ts';
import { penaltyOf, scaledProblem } from './scaled-problem.ts';

/** The best coefficients with an L2 penalty, or none, by limited-memory BFGS. */
export async function* fitSmoothLogistic(
  { train: { features }, parameters, signal }: TrainingInput,
  loss: LogisticLoss,
  penalty: number,
): LogisticSearch {
  const { free } = loss;
  const { objective, unscale } = scaledProblem({
    features,
    free,
    penalty,
    curvature: 1 / 4,
    loss: (point, gradient) => loss.at(point, gradient),
  });
  const size = features.width * free;
  const search = minimize(objective, new Float64Array(size + free), {
    maxIterations: numberOf(parameters, 'max_iter'),
    tolerance: numberOf(parameters, 'tol'),
  });
  const place = ({ value, point: scaled, ...state }: LbfgsState): LogisticPlace => {
    const point = unscale(scaled);
    return { ...state, point, loss: value - penaltyOf(point, size, penalty) };
  };
  const breather = new Breather(signal);
  let step = search.next();
  while (step.done !== true) {
    await breather.breathe();
    yield place(step.value);
    step = search.next();
  }
  return place(step.value);
}
