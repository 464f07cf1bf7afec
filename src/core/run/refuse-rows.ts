import { inputError } from '#core/errors.ts';
import { firstCell } from '#core/features/matrix.ts';
import type { Estimator } from '#core/models/estimator.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';
import type { FittedParts } from './fit-parts.ts';

/**
 * Refuses features with missing values for an estimator that takes none.
 * @throws TerrariumError naming the candidate, and row and feature of the first missing value
 */
export function refuseMissing(
  { parts }: Pick<FittedParts, 'parts'>,
  { acceptsMissing, embedsCodes, title }: Estimator,
  candidate: string,
): void {
  if (acceptsMissing) return;
  for (const { data, rows } of [parts.train, parts.validation, parts.test]) {
    const { categories } = data.features;
    const mayMiss = (feature: number): boolean =>
      embedsCodes === true && (categories?.[feature] ?? 0) > 0;
    const found = firstCell(
      data.features,
      (value, feature) => Number.isNaN(value) && !mayMiss(feature),
    );
    if (found === null) continue;
    const column = data.features.names[found.feature] ?? '';
    const row = (rows[found.row] ?? 0) + 1;
    throw inputError(
      'missing_values_left',
      `steps: row ${row}, feature "${column}": a value is still missing after the last step, and "${candidate}" (${title}) takes none.`,
      'Add an impute step for the column, or remove the candidate.',
      { path: 'steps', row, column },
    );
  }
}

/**
 * Refuses targets that an estimator cannot be trained on.
 * @throws TerrariumError naming the candidate, and row and value of the first such target
 */
export function refuseTargets(
  { parts, contract }: Pick<FittedParts, 'parts' | 'contract'>,
  estimator: Estimator,
  candidate: string,
  parameters: ParameterValues,
): void {
  const leastTarget = estimator.leastTarget?.(parameters);
  if (leastTarget === undefined) return;
  for (const { target, rows } of [parts.train, parts.validation, parts.test]) {
    const at = target.findIndex((value) => value < leastTarget);
    if (at < 0) continue;
    const row = (rows[at] ?? 0) + 1;
    throw inputError(
      'target_out_of_range',
      `Row ${row}: the target "${contract.target.name}" is ${target[at] ?? NaN}, and "${candidate}" (${estimator.title}) learns values of at least ${leastTarget}.`,
      'Correct the value, or remove the candidate.',
      { path: 'target', row, column: contract.target.name },
    );
  }
}
