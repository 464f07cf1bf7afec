import * as v from 'valibot';
import { featureMeaningSchema, type FeatureMeaning } from '#core/features/meaning.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import { choiceOf } from '#core/spec/parameters.ts';
import type { EmittedModel, Estimator } from '../../estimator.ts';
import { weightOfType } from '../../weight-tensor.ts';
import { hasLogLink } from '../../log-link.ts';

/** Metadata key of a model file. */
export const TREES_KEY = 'terrarium.trees';

/** What is needed to read a model file's trees, beside its contract. */
export const treeLegendSchema = v.strictObject({
  /** Each tree gives an answer, and their mean is the model's; or an amount that is added to what comes before. */
  answers: v.picklist(['averaged', 'added']),
  /** What is added is the logarithm of a factor (regression). */
  logarithms: v.optional(v.boolean()),
  /** How mixed the classes of a node are (averaged classes). */
  impurity: v.optional(v.picklist(['gini', 'entropy'])),
  /** Those that the trees ask for, by their number in the graph. */
  features: v.array(
    v.strictObject({
      index: v.number(),
      meaning: featureMeaningSchema,
      /** It was missing in some training rows. */
      missing: v.boolean(),
    }),
  ),
});

export type TreeLegend = v.InferOutput<typeof treeLegendSchema>;

/** Of an estimator that has trees; undefined of any other. */
export function treeLegend(
  { trees }: Estimator,
  { task, parameters, weights }: Pick<EmittedModel, 'task' | 'parameters' | 'weights'>,
  meanings: () => readonly FeatureMeaning[],
  matrix: FeatureMatrix,
): TreeLegend | undefined {
  if (trees === undefined) return undefined;
  const asked = new Set(weightOfType(weights, 'feature', Int32Array).values);
  const all = meanings();
  return {
    answers: trees,
    ...(hasLogLink(weights) && { logarithms: true }),
    ...(trees === 'averaged' &&
      task === 'classification' && {
        impurity: choiceOf(parameters, 'criterion') === 'entropy' ? 'entropy' : 'gini',
      }),
    features: [...asked]
      .filter((index) => index >= 0)
      .sort((a, b) => a - b)
      .flatMap((index) => {
        const meaning = all[index];
        return meaning === undefined ? [] : { index, meaning, missing: isMissing(matrix, index) };
      }),
  };
}

/** Whether a feature is missing anywhere. */
function isMissing(matrix: FeatureMatrix, feature: number): boolean {
  const { rows, width, sparse } = matrix;
  if (sparse !== undefined) {
    return sparse.values.some((value, at) => Number.isNaN(value) && sparse.places[at] === feature);
  }
  const { values } = matrix;
  for (let i = 0; i < rows; i += 1) if (Number.isNaN(values[i * width + feature])) return true;
  return false;
}
