import { inputError } from '#core/errors.ts';
import type { FeatureColumn } from '#core/features/column.ts';

/**
 * What a column of queries says of each row.
 * @param rows the rows that the values are of, counted from 0; all where absent
 * @throws TerrariumError naming the first row without a query
 */
export function queryTexts({ name, values }: FeatureColumn, rows?: Int32Array): string[] {
  const texts = Array.from(values, String);
  const at = texts.indexOf('');
  if (at < 0) return texts;
  const row = (rows === undefined ? at : (rows[at] ?? 0)) + 1;
  throw inputError(
    'query_missing',
    `Row ${row}, column "${name}": the query is missing, so there is nothing to rank the row against.`,
    'Fill it in, or leave the row out.',
    { row, column: name },
  );
}
