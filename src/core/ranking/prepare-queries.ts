import { typedColumn } from '#core/data/typed-columns.ts';
import type { Dataset } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import type { PreparedTarget } from '#core/run/prepare-target.ts';
import type { Contract } from '#core/spec/contract.ts';
import { queryReading } from '#core/spec/query-reading.ts';
import type { Spec } from '#core/spec/spec.ts';
import { MAX_GRADE } from './gains.ts';
import { queryTexts } from './query-texts.ts';
import { numbered, rowsOfQueries } from './query-rows.ts';

/** Which rows of a data set are ranked against one another. */
export interface PreparedQueries {
  /** The query of each row of the data, counted from 0; −1 in rows that have no grade. */
  readonly ofRow: Int32Array;
  /** What each query is called in the data, or by its number where that is personal. */
  readonly names: readonly string[];
  readonly contract: NonNullable<Contract['query']>;
  readonly warnings: readonly string[];
}

/**
 * Reads the queries of the rows that have a grade. The spec has been checked.
 * @throws TerrariumError naming the row of a bad grade or of a missing query, or where no query has an order to learn
 */
export function prepareQueries(
  spec: Spec,
  dataset: Dataset,
  { rows, values }: Pick<PreparedTarget, 'rows' | 'values'>,
): PreparedQueries {
  const reading = queryReading(spec, dataset.info);
  if (reading === null) throw new RangeError('a ranking has a column of queries');
  refuseGrades(spec.target ?? '', rows, values);
  const texts = queryTexts(
    typedColumn(dataset.table, { ...reading, type: 'categorical' }, rows),
    rows,
  );
  const { numbers: queries, distinct } = numbered(texts);
  const ofRow = new Int32Array(dataset.table.rowCount).fill(-1);
  for (const [i, row] of rows.entries()) ofRow[row] = queries[i] ?? -1;
  const isPersonal = ['drop', 'mask', 'hash'].includes(
    spec.columns[reading.name]?.personal?.decision ?? 'keep',
  );
  return {
    ofRow,
    names: distinct.map((text, q) => (isPersonal ? `query ${q + 1}` : text)),
    contract: reading,
    warnings: aloneOrEven(reading.name, queries, values),
  };
}

function refuseGrades(target: string, rows: Int32Array, grades: Float64Array): void {
  const at = grades.findIndex(
    (grade) => !Number.isInteger(grade) || grade < 0 || grade > MAX_GRADE,
  );
  if (at < 0) return;
  const row = (rows[at] ?? 0) + 1;
  throw inputError(
    'bad_grade',
    `Row ${row}, column "${target}": ${grades[at] ?? NaN} is no grade of relevance, which is a whole number from 0 to ${MAX_GRADE}.`,
    `Correct it, leave it empty where the row was not judged, or add it to the column’s texts that mean missing (in a spec, columns.${target}.missing).`,
    { row, column: target },
  );
}

/** Refuses queries of which none can be ordered, and says how many have a single row. */
function aloneOrEven(column: string, queries: Int32Array, grades: Float64Array): string[] {
  const all = rowsOfQueries(queries);
  const alone = all.filter((rows) => rows.length === 1).length;
  if (alone === all.length) {
    throw inputError(
      'queries_of_one',
      `query: in column "${column}" each value is in one row, so there are no rows to rank against one another.`,
      'Choose a column whose values are shared by the rows of a query.',
      { path: 'query', column },
    );
  }
  const differs = all.some((rows) => rows.some((row) => grades[row] !== grades[rows[0] ?? 0]));
  if (!differs) {
    throw inputError(
      'queries_all_even',
      `query: in every query of column "${column}" all rows have the same grade, so there is no order to learn.`,
      'Choose another column of queries, or another target.',
      { path: 'query', column },
    );
  }
  if (alone === 0) return [];
  return [
    `Queries of a single row, which has no other to be ranked against: ${alone} of ${all.length}.`,
  ];
}
