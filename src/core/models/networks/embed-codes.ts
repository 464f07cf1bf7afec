import { inputError } from '#core/errors.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { NetworkInputs } from '#core/models/estimator.ts';
import type { CodedFeature, Layer } from '#core/networks/layer.ts';
import { numberOf, type NumberParameter, type ParameterValues } from '#core/spec/parameters.ts';

export const embeddingSize: NumberParameter = {
  name: 'embedding_size',
  label: 'Numbers of a category',
  kind: 'integer',
  min: 0,
  max: 256,
  default: 0,
  help: 'Length of the vector that is learned for each category of ordinal codes. 0 takes half as many as there are categories, at most 50.',
};

/** Numbers in all vectors together, at most. */
const MOST_NUMBERS = 20_000_000;

/** The layer that makes vectors of codes, where there are any. */
export function embedCodes(
  { categories }: Pick<NetworkInputs, 'categories'>,
  parameters: ParameterValues,
): readonly Layer[] {
  const codes = codedFeatures(categories, parameters);
  return codes.length === 0 ? [] : [{ kind: 'embedding', codes }];
}

function codedFeatures(
  categories: Int32Array | undefined,
  parameters: ParameterValues,
): readonly CodedFeature[] {
  const asked = numberOf(parameters, 'embedding_size');
  return Array.from(categories ?? []).flatMap((count, feature) => {
    const size = asked === 0 ? Math.min(50, Math.ceil(count / 2)) : asked;
    return count === 0 ? [] : [{ feature, categories: count, size }];
  });
}

/** @throws TerrariumError where the vectors would not fit into memory; it names the feature of the most categories */
export function refuseManyCategories(
  { categories, names }: FeatureMatrix,
  parameters: ParameterValues,
  path: string,
): void {
  const codes = codedFeatures(categories, parameters);
  const numbers = codes.reduce((sum, { categories: count, size }) => sum + count * size, 0);
  if (numbers <= MOST_NUMBERS) return;
  const most = codes.reduce((a, b) => (b.categories > a.categories ? b : a));
  const shown = (value: number): string => value.toLocaleString('en');
  throw inputError(
    'too_many_categories',
    `${path}.embedding_size: the vectors of all categories would have ${shown(numbers)} numbers, and at most ${shown(MOST_NUMBERS)} fit; "${names[most.feature] ?? ''}" has ${shown(most.categories)} categories.`,
    'Choose a smaller size, or encode that column by frequency, by target or by hashing.',
    { path: `${path}.embedding_size` },
  );
}
