import { booleanOf, choiceOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import type { Task } from '#core/spec/spec.ts';
import { absoluteError } from './absolute-error.ts';
import { crossEntropy } from './cross-entropy.ts';
import { lambdaRank } from './lambda-rank.ts';
import type { BoostingLoss } from './loss.ts';
import { poisson } from './poisson.ts';
import { quantileLoss } from './quantile.ts';
import { squaredError } from './squared-error.ts';

/** Losses of values, by the names that scikit-learn's HistGradientBoostingRegressor has for them. */
const lossesOfValues = {
  squared_error: () => squaredError,
  absolute_error: () => absoluteError,
  quantile: (parameters) => quantileLoss(numberOf(parameters, 'quantile')),
  poisson: () => poisson,
} as const satisfies Record<string, (parameters: ParameterValues) => BoostingLoss>;

export const lossNames = Object.keys(lossesOfValues) as (keyof typeof lossesOfValues)[];

/** The loss that a training makes small: classes have one alone, and rankings too. */
export function lossFor(task: Task, parameters: ParameterValues): BoostingLoss {
  if (task === 'classification') return crossEntropy;
  if (task === 'ranking') {
    return lambdaRank({
      places: numberOf(parameters, 'truncation_level'),
      normalizes: booleanOf(parameters, 'normalize'),
    });
  }
  const chosen = lossNames.find((name) => name === choiceOf(parameters, 'loss'));
  return lossesOfValues[chosen ?? 'squared_error'](parameters);
}
