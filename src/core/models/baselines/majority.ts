import { ln } from '#core/math.ts';
import type { Estimator, Training, TrainingInput } from '../estimator.ts';
import { onlyEpoch } from '../only-epoch.ts';
import { weightOf } from '../weight-tensor.ts';
import { constantModel, repeatRow } from './constant-row.ts';

export const majority: Estimator = {
  name: 'majority',
  title: 'Majority class',
  shortName: 'baseline',
  summary:
    'Baseline: always the most frequent class, with the training class shares as its probabilities (also called prior).',
  tasks: ['classification'],
  baseline: true,
  proposed: true,
  acceptsMissing: true,
  acceptsSparse: () => true,
  complexity: 0,
  parameters: [],
  train: trainMajority,
  emit: (graph, features, { weights }) =>
    repeatRow(graph, features, weightOf(weights, 'class_shares')),
  emitSparse: (graph, features, { weights }) =>
    repeatRow(graph, features, weightOf(weights, 'class_shares')),
};

async function* trainMajority({ train, validation }: TrainingInput): Training {
  const counts = new Float64Array(train.outputs);
  for (const label of train.target) counts[label] = (counts[label] ?? 0) + 1;
  const shares = Float32Array.from(counts, (count) => count / train.target.length);
  const loss = (labels: Float64Array): number | null => {
    let sum = 0;
    for (const label of labels) sum -= ln(Math.max(shares[label] ?? 0, Number.EPSILON));
    return labels.length === 0 ? null : sum / labels.length;
  };
  yield await onlyEpoch(train.target, validation.target, loss);
  return constantModel({ name: 'class_shares', shape: [1, train.outputs], values: shares });
}
