import { typedColumn } from '#core/data/typed-columns.ts';
import type { Dataset } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import { mean } from '#core/features/statistics.ts';
import { weightReading } from '#core/spec/input-columns.ts';
import type { Spec } from '#core/spec/spec.ts';

/**
 * How much each row of the data counts, in the column's own unit; null where the spec names none.
 * @param rows those that the run uses
 * @throws TerrariumError naming row and value of the first that is missing or below 0
 */
export function rowCounts(spec: Spec, dataset: Dataset, rows: Int32Array): Float64Array | null {
  const reading = weightReading(spec, dataset.info);
  if (reading === null) return null;
  const column = typedColumn(dataset.table, reading);
  const values = column.kind === 'numeric' ? column.values : new Float64Array(0);
  const bad = rows.find((row) => !((values[row] ?? NaN) >= 0));
  if (bad === undefined) return values;
  const { name } = reading;
  const found = values[bad] ?? NaN;
  throw inputError(
    'bad_weight',
    `Row ${bad + 1}, column "${name}": ${Number.isNaN(found) ? 'how much the row counts is missing' : `a row cannot count ${found}`}; weights of rows are numbers from 0 on.`,
    'Correct the value, or leave the target of the row empty: such rows are not used.',
    { path: 'rows.weights', row: bad + 1, column: name },
  );
}

/**
 * What the training rows count, with a mean of 1.
 * @throws TerrariumError where none counts anything
 */
export function trainingWeights(counts: Float64Array, rows: Int32Array): Float64Array {
  const own = Float64Array.from(rows, (row) => counts[row] ?? NaN);
  const average = mean(own);
  if (average > 0) return own.map((count) => count / average);
  throw inputError(
    'weights_all_zero',
    `rows.weights: all ${rows.length} training rows count 0, so there is nothing to learn from.`,
    'Choose another column of weights, or split the rows otherwise.',
    { path: 'rows.weights' },
  );
}
