import { median } from '#core/features/statistics.ts';
import type { Estimator, Training, TrainingInput } from '../estimator.ts';
import { onlyEpoch } from '../only-epoch.ts';
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
  const meanSquare = (values: Float64Array): number | null => {
    const sum = values.reduce((all, value) => all + (value - middle) * (value - middle), 0);
    return values.length === 0 ? null : sum / values.length;
  };
  yield await onlyEpoch(train.target, validation.target, meanSquare);
  return constantModel({ name: 'value', shape: [1, 1], values: Float32Array.of(middle) });
}
