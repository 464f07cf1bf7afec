import { ndcgOf } from '#core/ranking/ndcg-of.ts';
import { rowsOfQueries } from '#core/ranking/query-rows.ts';
import type { Estimator, Training, TrainingData, TrainingInput } from '../estimator.ts';
import { onlyEpoch } from '../only-epoch.ts';
import { weightOf } from '../weight-tensor.ts';
import { constantModel, repeatRow } from './constant-row.ts';

export const constantScore: Estimator = {
  name: 'constant_score',
  title: 'Constant score',
  shortName: 'baseline',
  summary:
    'Baseline: every row has the score 0, so that its figures are those of an order drawn at random.',
  tasks: ['ranking'],
  baseline: true,
  proposed: true,
  acceptsMissing: true,
  complexity: 0,
  parameters: [],
  train: trainConstant,
  emit: (graph, features, { weights }) => repeatRow(graph, features, weightOf(weights, 'score')),
};

async function* trainConstant({ train, validation }: TrainingInput): Training {
  yield await onlyEpoch(train, validation, missingGain);
  return constantModel({ name: 'score', shape: [1, 1], values: new Float32Array(1) });
}

/** 1 − NDCG in the mean over queries with a relevant row, where all rows are tied; null where there is none. */
function missingGain({ target, queries = new Int32Array(0) }: TrainingData): number | null {
  const shares = rowsOfQueries(queries).flatMap((rows) => {
    const grades = Float64Array.from(rows, (row) => target[row] ?? 0);
    return ndcgOf(grades, new Float64Array(rows.length), Infinity) ?? [];
  });
  if (shares.length === 0) return null;
  return 1 - shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
