import { inputError } from '#core/errors.ts';
import type { NumericFeature } from '../column.ts';

/**
 * Refuses what cannot be learned from all columns together.
 * @param step how the message calls the step
 * @throws TerrariumError where there are more columns than `most`, or a value is missing
 */
export function refuseColumns(
  step: string,
  columns: readonly NumericFeature[],
  most: number,
): void {
  if (columns.length > most) {
    throw inputError(
      'too_many_columns',
      `The step ${step} got ${columns.length.toLocaleString('en')} columns, and it takes at most ${most.toLocaleString('en')}.`,
      'Put a select step before it, or name fewer columns for it.',
      { path: 'steps' },
    );
  }
  for (const { name, values } of columns) {
    if (!values.some((value) => Number.isNaN(value))) continue;
    throw inputError(
      'missing_values_left',
      `The step ${step} got the column "${name}" with missing values in training rows, and it takes none.`,
      'Add an impute step for the column before it.',
      { path: 'steps', column: name },
    );
  }
}
