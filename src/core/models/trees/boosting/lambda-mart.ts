import { inputError } from '#core/errors.ts';
import { rowsOfQueries } from '#core/ranking/query-rows.ts';
import type { Estimator, TrainingData } from '#core/models/estimator.ts';
import { emitBoosting } from './boosting-answers.ts';
import { lambdaMartParameters } from './boosting-parameters.ts';
import { gainImportances } from '../gain-importances.ts';
import { trainBoosting } from './gradient-boosting.ts';
import { directionsOf } from './monotone.ts';

export const lambdaMart: Estimator = {
  name: 'lambdamart',
  title: 'LambdaMART',
  shortName: 'lambdamart',
  summary:
    'Gradient boosting that learns the order of rows within their queries: each tree moves rows by what NDCG would gain; takes missing values as they are.',
  tasks: ['ranking'],
  stopsEarly: true,
  proposed: true,
  acceptsMissing: true,
  complexity: 60,
  check(train, parameters, path) {
    refuseEvenQueries(train);
    directionsOf(train, parameters, path);
  },
  parameters: lambdaMartParameters,
  train: trainBoosting,
  importances: gainImportances,
  trees: 'added',
  emit: emitBoosting,
};

/** @throws TerrariumError where no training query has rows of different grades */
function refuseEvenQueries({ target, queries = new Int32Array(0) }: TrainingData): void {
  const differs = rowsOfQueries(queries).some((rows) =>
    rows.some((row) => target[row] !== target[rows[0] ?? 0]),
  );
  if (differs) return;
  throw inputError(
    'queries_all_even',
    'split: in every training query all rows have the same grade, so there is no order to learn.',
    'Give more queries, or split another way or with another seed.',
    { path: 'split' },
  );
}
