import { Breather } from '#core/pause.ts';
import { numberOf } from '#core/spec/parameters.ts';
import type { Estimator, Training, TrainingInput } from '../estimator.ts';
import { minimize } from './lbfgs.ts';
import { emitLinear, linearTrained, linearWeights } from './linear-model.ts';
import { meanCrossEntropy, penaltyOf, scaledProblem } from './logistic-loss.ts';

export const logisticRegression: Estimator = {
  name: 'logistic_regression',
  title: 'Logistic regression',
  shortName: 'logistic',
  summary:
    'Linear scores and a softmax, with an L2 penalty; multinomial for more than two classes.',
  tasks: ['classification'],
  baseline: false,
  stopsEarly: false,
  proposed: true,
  acceptsMissing: false,
  complexity: 10,
  parameters: [
    {
      name: 'C',
      label: 'Inverse penalty C',
      kind: 'number',
      min: 1e-6,
      max: 1e6,
      default: 1,
      help: 'Smaller values pull the coefficients harder towards 0.',
    },
    {
      name: 'max_iter',
      label: 'Most iterations',
      kind: 'integer',
      min: 1,
      max: 10_000,
      default: 300,
      help: 'The optimizer stops here even where it has not converged, and says so.',
    },
    {
      name: 'tol',
      label: 'Tolerance',
      kind: 'number',
      min: 1e-12,
      max: 1,
      default: 1e-6,
      help: 'Stops when no entry of the mean loss’s gradient, by features of unit scale, is larger.',
    },
  ],
  train: trainLogistic,
  emit: emitLinear,
};

/**
 * Minimizes Σ cross-entropy + ‖w‖² ÷ 2C with free intercepts, as scikit-learn's LogisticRegression
 * does, divided by the number of rows and in units that suit the optimizer. Two classes have one set of
 * coefficients (the first class's score is 0), more have one each.
 */
async function* trainLogistic(input: TrainingInput): Training {
  const { train, validation, parameters, signal } = input;
  const free = train.outputs === 2 ? 1 : train.outputs;
  const width = train.features.width;
  const maxIterations = numberOf(parameters, 'max_iter');
  const tolerance = numberOf(parameters, 'tol');
  const penalty = 1 / (numberOf(parameters, 'C') * train.features.rows);
  const breather = new Breather(signal);
  const { objective, unscale } = scaledProblem(train, free, penalty);
  const start = new Float64Array((width + 1) * free);
  const search = minimize(objective, start, { maxIterations, tolerance });
  let step = search.next();
  while (step.done !== true) {
    await breather.breathe();
    const { iteration, value } = step.value;
    const point = unscale(step.value.point);
    yield {
      epoch: iteration,
      epochs: maxIterations,
      trainLoss: value - penaltyOf(point, width * free, penalty),
      validationLoss: meanCrossEntropy(validation, point, free, null),
    };
    step = search.next();
  }
  const { converged, slope } = step.value;
  const point = unscale(step.value.point);
  const warnings = converged
    ? []
    : [
        `Logistic regression stopped after ${step.value.iteration} iterations with a gradient of ${slope.toPrecision(2)}, above the tolerance ${tolerance}.`,
      ];
  return linearTrained(widen(point, width, free, train.outputs), 'classification', warnings);
}

/** The weights with a column for every class: with two classes the first one's are 0. */
function widen(point: Float64Array, width: number, free: number, outputs: number) {
  const intercepts = point.slice(width * free);
  if (free === outputs) return linearWeights(point.slice(0, width * free), intercepts, width);
  const coefficients = new Float64Array(width * outputs);
  for (let j = 0; j < width; j += 1) coefficients[j * outputs + 1] = point[j] ?? 0;
  return linearWeights(coefficients, Float64Array.of(0, intercepts[0] ?? 0), width);
}
