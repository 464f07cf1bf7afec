import { Breather } from '#core/breather.ts';
import { choiceOf, numberOf } from '#core/spec/parameters.ts';
import type { Estimator, Training, TrainingInput } from '../estimator.ts';
import { emitLinear, linearTrained, linearWeights } from './linear-model.ts';
import { fitSparseLogistic } from './sparse-logistic.ts';
import { fitSmoothLogistic } from './smooth-logistic.ts';
import { freeScores, logisticLoss } from './logistic-loss.ts';
import { RowBlocks } from './row-blocks.ts';
import { stoppingParameters } from './stopping.ts';

export const logisticRegression: Estimator = {
  name: 'logistic_regression',
  title: 'Logistic regression',
  shortName: 'logistic',
  summary:
    'Linear scores and a softmax, with an L2 or L1 penalty, or both; multinomial for more than two classes.',
  tasks: ['classification'],
  proposed: true,
  acceptsSparse: () => true,
  acceptsWeights: true,
  linear: 'log_odds',
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
      name: 'penalty',
      label: 'Penalty',
      kind: 'choice',
      choices: ['l2', 'l1', 'elastic_net', 'none'],
      default: 'l2',
      help: 'On the squared coefficients, on the absolute ones (which leaves features out), on both, or none; then C is not used.',
    },
    {
      name: 'l1_ratio',
      onlyWith: { name: 'penalty', choice: 'elastic_net' },
      label: 'Share of L1',
      kind: 'number',
      min: 0.01,
      max: 1,
      default: 0.5,
      help: 'Of the penalty elastic_net: how much of it is on the absolute coefficients.',
    },
    ...stoppingParameters({
      iterations: { max: 10_000, default: 300 },
      tolerance: 1e-6,
      help: 'Stops when no entry of the mean loss’s gradient, by features of unit scale, is larger.',
    }),
  ],
  train: trainLogistic,
  emit: emitLinear,
  emitSparse: emitLinear,
};

/**
 * Minimizes Σ cross-entropy + ‖w‖² ÷ 2C, + ‖w‖₁ ÷ C, or shares of both, with free intercepts, as scikit-learn's LogisticRegression
 * does, divided by what the rows count together.
 */
async function* trainLogistic(input: TrainingInput): Training {
  const { train, validation, parameters, signal } = input;
  const breather = new Breather(signal);
  const [sets, loss] = [freeScores(train.outputs), logisticLoss(train.outputs)];
  const blocks = await RowBlocks.over(train, sets, breather);
  const held = await RowBlocks.over(validation, sets, breather);
  const penalty = choiceOf(parameters, 'penalty');
  const strength = penalty === 'none' ? 0 : 1 / (numberOf(parameters, 'C') * blocks.total);
  const hasL1 = penalty === 'l1' || penalty === 'elastic_net';
  const fit = hasL1 ? fitSparseLogistic : fitSmoothLogistic;
  const search = fit(input, blocks, loss, strength);
  const epochs = numberOf(parameters, 'max_iter');
  let step = await search.next();
  while (step.done !== true) {
    const { iteration, loss: trainLoss, point } = step.value;
    const validationLoss = held.rows === 0 ? null : await held.mean(point, null, loss);
    yield { epoch: iteration, epochs, trainLoss, validationLoss };
    step = await search.next();
  }
  const { converged, slope, point, iteration } = step.value;
  const warnings = converged
    ? []
    : [
        `Logistic regression stopped after ${iteration} iterations with a gradient of ${slope.toPrecision(2)}, above the tolerance ${numberOf(parameters, 'tol')}.`,
      ];
  return linearTrained(widen(point, blocks.width, sets, train.outputs), 'classification', warnings);
}

/** The weights with a column for every class: with two classes the first one's are 0. */
function widen(point: Float64Array, width: number, free: number, outputs: number) {
  const intercepts = point.slice(width * free);
  if (free === outputs) return linearWeights(point.slice(0, width * free), intercepts, width);
  const coefficients = new Float64Array(width * outputs);
  for (let j = 0; j < width; j += 1) coefficients[j * outputs + 1] = point[j] ?? 0;
  return linearWeights(coefficients, Float64Array.of(0, intercepts[0] ?? 0), width);
}
