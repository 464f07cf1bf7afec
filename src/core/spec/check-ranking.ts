import type { DatasetInfo } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import { inputKind } from './input-columns.ts';
import { columnsHint, refuse } from './refuse.ts';
import type { Spec } from './spec.ts';

/** Checks a ranking apart from any data: it has a column of queries, which is nothing else, and whose rows stay together. */
export function checkRanking({ task, query, target, columns, split }: Spec): void {
  if (task !== 'ranking') {
    if (query === undefined) return;
    throw refuse(
      'query',
      `is "${query}", and ${task} ranks no rows`,
      'Remove it, or set task to ranking.',
    );
  }
  if (query === undefined) {
    throw inputError(
      'missing_key',
      'query is missing, and a ranking needs the column that says which rows are ranked against one another.',
      'Name it, for example query: search_id.',
      { path: 'query' },
    );
  }
  if (query === target) {
    throw refuse('query', `is "${query}", which is the target`, 'Choose another column.');
  }
  const type = columns[query]?.type;
  if (type !== undefined && inputKind(type) !== null) {
    throw refuse(
      `columns.${query}.type`,
      `is ${type}, and the column says which rows are one query: it is no input of the model`,
      'Remove the type, or choose another column of queries.',
    );
  }
  if (split.method === 'random') {
    throw refuse(
      'split.method',
      'is random, which would part the rows of a query',
      `Set split.method to group and split.by to ${query}.`,
    );
  }
}

/** Holds the column of queries against the data. @throws TerrariumError naming the path in the spec */
export function checkQueryColumn({ query }: Spec, { columns }: DatasetInfo): void {
  if (query === undefined) return;
  const found = columns.find(({ name }) => name === query);
  if (found === undefined) {
    throw refuse(
      'query',
      `is "${query}", and the data has no such column`,
      columnsHint(
        query,
        columns.map(({ name }) => name),
      ),
    );
  }
  if (found.type === 'empty') {
    throw refuse('query', `is "${query}", which has no value in any row`, 'Choose another column.');
  }
}
