import type { Estimator, Training, TrainingInput } from '../estimator.ts';
import { onlyEpoch } from '../only-epoch.ts';
import { weightOf } from '../weight-tensor.ts';
import { constantModel, repeatRow } from '../baselines/constant-row.ts';

/** What the isolation forest gives a row that no tree sets apart sooner or later than chance would. */
const EVEN = 0.5;

export const evenScore: Estimator = {
  name: 'even_score',
  title: 'Even score',
  shortName: 'baseline',
  summary: 'Baseline: every row has the score 0.5, so none stands out and none is flagged.',
  tasks: ['anomaly_detection'],
  answers: 'score',
  baseline: true,
  proposed: true,
  acceptsMissing: true,
  complexity: 0,
  parameters: [],
  train: trainEven,
  emit: (graph, features, { weights }) => repeatRow(graph, features, weightOf(weights, 'scores')),
};

async function* trainEven({ train, validation }: TrainingInput): Training {
  yield await onlyEpoch(train, validation, () => EVEN);
  return constantModel({ name: 'scores', shape: [1, 2], values: Float32Array.of(EVEN, EVEN) });
}
