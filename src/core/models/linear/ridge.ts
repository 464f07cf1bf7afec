import { runError } from '#core/errors.ts';
import { Breather } from '#core/pause.ts';
import { numberOf } from '#core/spec/parameters.ts';
import { choleskySolve } from './cholesky.ts';
import type { Estimator, Training, TrainingData, TrainingInput } from '../estimator.ts';
import { emitLinear, linearScores, linearTrained, linearWeights } from './linear-model.ts';

export const ridge: Estimator = {
  name: 'ridge',
  title: 'Ridge regression',
  shortName: 'linear',
  summary: 'Linear regression with an L2 penalty on the coefficients, solved exactly.',
  tasks: ['regression'],
  baseline: false,
  stopsEarly: false,
  proposed: true,
  acceptsMissing: false,
  complexity: 10,
  parameters: [
    {
      name: 'alpha',
      label: 'Penalty α',
      kind: 'number',
      min: 0,
      max: 1e9,
      default: 1,
      help: 'Weight of the squared coefficients; 0 is ordinary least squares.',
    },
  ],
  train: trainRidge,
  emit: emitLinear,
};

/**
 * Minimizes ‖y − Xw − b‖² + α‖w‖² by the normal equations of centred X and y (scikit-learn's
 * `Ridge(solver="cholesky")`; Hoerl and Kennard, 1970), in float64.
 */
async function* trainRidge({ train, validation, parameters, signal }: TrainingInput): Training {
  const { rows, width, values } = train.features;
  const centre = new Float64Array(width);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < width; j += 1) {
      centre[j] = (centre[j] ?? 0) + (values[i * width + j] ?? 0) / rows;
    }
  }
  const targetCentre = train.target.reduce((sum, y) => sum + y / rows, 0);
  const gram = new Float64Array(width * width);
  const right = new Float64Array(width);
  const row = new Float64Array(width);
  const breather = new Breather(signal);
  for (let i = 0; i < rows; i += 1) {
    await breather.breathe();
    for (let j = 0; j < width; j += 1) row[j] = (values[i * width + j] ?? 0) - (centre[j] ?? 0);
    const y = (train.target[i] ?? 0) - targetCentre;
    for (let j = 0; j < width; j += 1) {
      const left = row[j] ?? 0;
      right[j] = (right[j] ?? 0) + left * y;
      for (let k = 0; k <= j; k += 1) {
        gram[j * width + k] = (gram[j * width + k] ?? 0) + left * (row[k] ?? 0);
      }
    }
  }
  const alpha = numberOf(parameters, 'alpha');
  for (let j = 0; j < width; j += 1) gram[j * width + j] = (gram[j * width + j] ?? 0) + alpha;
  const coefficients = choleskySolve(gram, right, width);
  if (coefficients === null) {
    throw runError(
      'singular_system',
      `Ridge regression: with alpha = ${alpha} the features do not determine the coefficients.`,
      'Give alpha a value above 0, for example 1.',
    );
  }
  const intercept = coefficients.reduce((sum, w, j) => sum - w * (centre[j] ?? 0), targetCentre);
  const weights = linearWeights(coefficients, Float64Array.of(intercept), width);
  const loss = (data: TrainingData): number => {
    const scores = linearScores(data.features, weights);
    return data.target.reduce((sum, y, i) => sum + square(y - (scores[i] ?? 0)), 0) / scores.length;
  };
  yield { epoch: 1, epochs: 1, trainLoss: loss(train), validationLoss: loss(validation) };
  return linearTrained(weights, 'regression', []);
}

function square(value: number): number {
  return value * value;
}
