import { inputError } from '#core/errors.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import { MOST_COLUMNS } from '#core/features/reduction/principal-axes.ts';
import { choiceOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';

/**
 * Refuses training rows that have no such components.
 * @param title how the message calls the model
 * @throws TerrariumError where there are more components than rows or features, more features than their covariances are
 * taken of, or only rows that are alike
 */
export function refuseFeatures(
  title: string,
  features: FeatureMatrix,
  parameters: ParameterValues,
  path = 'candidates',
): void {
  const { rows, width } = features;
  if (width > MOST_COLUMNS) {
    throw inputError(
      'too_many_features',
      `${title}: there are ${width.toLocaleString('en')} features after the steps, and it takes at most ${MOST_COLUMNS}.`,
      'Ignore columns of many categories, or add a select step.',
      { path },
    );
  }
  if (areAlike(features)) {
    throw inputError(
      'no_variance',
      `${title}: all ${rows} training rows are alike after the steps, so there is no variance to keep.`,
      'Give columns that differ from row to row.',
      { path },
    );
  }
  const wanted =
    choiceOf(parameters, 'keep') === 'count' ? numberOf(parameters, 'n_components') : 1;
  const most = Math.min(rows, width);
  if (wanted <= most) return;
  const held =
    rows < width
      ? `${rows} training rows`
      : `${width} ${width === 1 ? 'feature' : 'features'} after the steps`;
  throw inputError(
    'too_many_components',
    `${title}: n_components is ${wanted}, and there ${most === 1 ? 'is' : 'are'} ${held}.`,
    `Choose at most ${most}${rows < width ? '' : ', or give more columns'}.`,
    { path },
  );
}

function areAlike({ width, values }: FeatureMatrix): boolean {
  return values.every((value, at) => value === values[at % width]);
}
