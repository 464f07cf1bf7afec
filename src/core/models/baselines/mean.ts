import type { Estimator, Training, TrainingInput } from '../estimator.ts';
import { onlyEpoch } from '../only-epoch.ts';
import { weightOf } from '../weight-tensor.ts';
import { constantModel, repeatRow } from './constant-row.ts';

export const meanBaseline: Estimator = {
  name: 'mean',
  title: 'Mean',
  shortName: 'baseline',
  summary: 'Baseline: always the mean of the training target.',
  tasks: ['regression'],
  baseline: true,
  proposed: true,
  acceptsMissing: true,
  acceptsSparse: () => true,
  complexity: 0,
  parameters: [],
  train: trainMean,
  emit: (graph, features, { weights }) => repeatRow(graph, features, weightOf(weights, 'value')),
  emitSparse: (graph, features, { weights }) =>
    repeatRow(graph, features, weightOf(weights, 'value')),
};

/** The target arrives standardized, so its training mean is 0. */
async function* trainMean({ train, validation }: TrainingInput): Training {
  const meanSquare = (values: Float64Array): number | null =>
    values.length === 0
      ? null
      : values.reduce((sum, value) => sum + value * value, 0) / values.length;
  yield await onlyEpoch(train.target, validation.target, meanSquare);
  return constantModel({ name: 'value', shape: [1, 1], values: new Float32Array(1) });
}
