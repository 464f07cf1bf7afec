import { median } from '#core/features/statistics.ts';
import type { Estimator, Training, TrainingInput } from '../estimator.ts';
import { weightOf } from '../weight-tensor.ts';
import { constantModel, repeatRow } from './constant-row.ts';

export const medianBaseline: Estimator = {
  name: 'median',
  title: 'Median',
  shortName: 'median',
  summary:
    'Baseline: always the median of the training target, which has the least absolute error of all constants.',
  tasks: ['regression'],
  baseline: true,
  acceptsMissing: true,
  acceptsSparse: () => true,
  complexity: 0,
  parameters: [],
  train: trainMedian,
  emit: (graph, features, { weights }) => repeatRow(graph, features, weightOf(weights, 'value')),
  emitSparse: (graph, features, { weights }) =>
    repeatRow(graph, features, weightOf(weights, 'value')),
};

async function* trainMedian({ train, validation }: TrainingInput): Training {
  const middle = median(train.target);
  const meanSquare = (values: Float64Array): number =>
    values.reduce((sum, value) => sum + (value - middle) * (value - middle), 0) / values.length;
  yield await Promise.resolve({
    epoch: 1,
    epochs: 1,
    trainLoss: meanSquare(train.target),
    validationLoss: validation.target.length === 0 ? null : meanSquare(validation.target),
  });
  return constantModel({ name: 'value', shape: [1, 1], values: Float32Array.of(middle) });
}
