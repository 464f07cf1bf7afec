import { inputError } from '#core/errors.ts';
import { MOST_CELLS } from '#core/features/refuse-too-many.ts';
import type { Estimator } from '#core/models/estimator.ts';
import { estimators } from '#core/models/registry.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import type { FittedParts } from './fit-parts.ts';

/**
 * Refuses features that come sparse for an estimator that needs every cell, where these do not fit into memory.
 * @throws TerrariumError naming the candidate, and how many numbers there would be
 */
export function refuseWide(
  { parts }: Pick<FittedParts, 'parts'>,
  estimator: Estimator,
  candidate: string,
  parameters: ParameterValues,
): void {
  if (estimator.acceptsSparse?.(parameters) === true) return;
  const sparse = [parts.train, parts.validation, parts.test].flatMap(({ data }) =>
    data.features.sparse === undefined ? [] : data.features,
  );
  const cells = sparse.reduce((sum, { rows, width }) => sum + rows * width, 0);
  if (cells <= MOST_CELLS) return;
  const able = estimators.filter(
    (one) =>
      !one.baseline &&
      one.tasks.includes(parts.train.data.task) &&
      one.acceptsSparse?.(resolveParameters(one.parameters, {}, one.name)) === true,
  );
  throw inputError(
    'too_wide_for_model',
    `"${candidate}" (${estimator.title}) would need all ${cells.toLocaleString('en')} numbers of ${(sparse[0]?.width ?? 0).toLocaleString('en')} features, nearly all of them 0, and at most ${MOST_CELLS.toLocaleString('en')} fit into memory.`,
    `Remove the candidate, give it steps that make fewer features, or take a model that leaves zeros out: ${able.map(({ title }) => title).join(', ')}.`,
    { path: 'candidates' },
  );
}
