import { inputError } from '#core/errors.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { NumberParameter } from '#core/spec/parameters.ts';

export const groupCount: NumberParameter = {
  name: 'k',
  label: 'Groups k',
  kind: 'integer',
  min: 2,
  max: 100,
  default: 3,
  help: 'How many groups the rows are put into.',
};

/**
 * Refuses more groups than there are different rows to be in them.
 * @throws TerrariumError naming k and the number of rows, or of different rows
 */
export function refuseGroups(title: string, k: number, features: FeatureMatrix): void {
  const { rows } = features;
  if (k > rows) {
    throw inputError(
      'too_few_rows_for_groups',
      `${title}: k is ${k}, and there ${rows === 1 ? 'is 1 training row' : `are ${rows} training rows`}.`,
      `Choose a k of at most ${rows}.`,
    );
  }
  const distinct = distinctRows(features, k);
  if (distinct >= k) return;
  throw inputError(
    'too_few_distinct_rows',
    distinct === 1
      ? `${title}: all ${rows} training rows are alike after the steps, so there are no groups to find.`
      : `${title}: k is ${k}, and the ${rows} training rows are only ${distinct} different ones after the steps.`,
    distinct === 1
      ? 'Give columns that differ from row to row.'
      : `Choose a k of at most ${distinct}.`,
  );
}

/** How many rows differ, counted no further than `most`. */
function distinctRows({ rows, width, values }: FeatureMatrix, most: number): number {
  const seen = new Set<string>();
  for (let i = 0; i < rows && seen.size < most; i += 1) {
    seen.add(values.subarray(i * width, (i + 1) * width).join());
  }
  return seen.size;
}
