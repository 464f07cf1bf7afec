import { typedColumn } from '#core/data/typed-columns.ts';
import type { Table } from '#core/data/table.ts';
import type { Prediction } from '#core/prediction.ts';
import type { Contract } from '#core/spec/contract.ts';
import { numbered } from './query-rows.ts';
import { queryTexts } from './query-texts.ts';
import { ranksWithin } from './ranks.ts';

/**
 * Scores of a table's rows with each row's query and its place there.
 * @throws TerrariumError naming the first row without a query
 */
export function rankedWithin(
  query: NonNullable<Contract['query']>,
  table: Table,
  predictions: readonly Prediction[],
): Prediction[] {
  const texts = queryTexts(typedColumn(table, { ...query, type: 'categorical' }));
  const scores = Float64Array.from(predictions, (one) =>
    one.task === 'ranking' ? one.score : NaN,
  );
  const ranks = ranksWithin(numbered(texts).numbers, scores);
  return Array.from(scores, (score, row) => ({
    task: 'ranking',
    score,
    query: texts[row] ?? '',
    rank: ranks[row] ?? 0,
  }));
}
