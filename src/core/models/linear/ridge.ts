import { runError } from '#core/errors.ts';
import { Breather } from '#core/pause.ts';
import { numberOf } from '#core/spec/parameters.ts';
import { choleskySolve } from './cholesky.ts';
import type { Estimator, Training, TrainingInput } from '../estimator.ts';
import { rowWeights, weightedMean } from '../row-weights.ts';
import { emitLinear, linearTrained, linearWeights, meanSquaredError } from './linear-model.ts';

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
  acceptsWeights: true,
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
 * Minimizes Σ vᵢ(yᵢ − xᵢw − b)² + α‖w‖², where v is what each row counts, by the normal equations of centred X and y (scikit-learn's
 * `Ridge(solver="cholesky")`; Hoerl and Kennard, 1970), in float64.
 */
async function* trainRidge({ train, validation, parameters, signal }: TrainingInput): Training {
  const { rows, width, values } = train.features;
  const counts = rowWeights(train);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const centre = new Float64Array(width);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < width; j += 1) {
      centre[j] = (centre[j] ?? 0) + ((values[i * width + j] ?? 0) * (counts[i] ?? 0)) / total;
    }
  }
  const targetCentre = weightedMean(train.target, counts);
  const gram = new Float64Array(width * width);
  const right = new Float64Array(width);
  const row = new Float64Array(width);
  const breather = new Breather(signal);
  for (let i = 0; i < rows; i += 1) {
    await breather.breathe();
    for (let j = 0; j < width; j += 1) row[j] = (values[i * width + j] ?? 0) - (centre[j] ?? 0);
    const y = (train.target[i] ?? 0) - targetCentre;
    for (let j = 0; j < width; j += 1) {
      const left = (row[j] ?? 0) * (counts[i] ?? 0);
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
  const trainLoss = meanSquaredError(train, weights) ?? 0;
  const validationLoss = meanSquaredError(validation, weights);
  yield { epoch: 1, epochs: 1, trainLoss, validationLoss };
  return linearTrained(weights, 'regression', []);
}
