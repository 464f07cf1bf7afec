import * as v from 'valibot';
import type { FeatureColumn } from './column.ts';

/** A feature f is of what it means x = f · scale + centre; scale is above 0. */
const linear = { name: v.string(), centre: v.number(), scale: v.number() };

/**
 * What a number that the model sees says in terms of the data's columns: a number, a mark that is 1 where something
 * holds and else 0, or the place of a category in a list. It travels in the model file, for whoever reads its trees.
 */
export const featureMeaningSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('number'),
    ...linear,
    /** It has a column's name, and is another number than the column's. */
    altered: v.optional(v.boolean()),
  }),
  v.strictObject({
    kind: v.literal('mark'),
    ...linear,
    /** What holds at 1 and at 0, for example `island is Biscoe` and `island is not Biscoe`. */
    yes: v.string(),
    no: v.string(),
  }),
  v.strictObject({
    kind: v.literal('place'),
    ...linear,
    categories: v.array(v.string()),
    /** The number of what is missing or was not seen, where it has one. */
    other: v.optional(v.number()),
  }),
]);

export type FeatureMeaning = v.InferOutput<typeof featureMeaningSchema>;

/** On the way through the steps there are texts too, with the order of their categories where it matters. */
export type Meaning = FeatureMeaning | TextMeaning;
export interface TextMeaning {
  readonly kind: 'text';
  readonly name: string;
}

/** A column before any step. */
export function columnMeaning({ kind, name }: FeatureColumn): Meaning {
  return kind === 'text' ? { kind, name } : numberMeaning(name);
}

export function numberMeaning(name: string): FeatureMeaning {
  return { kind: 'number', name, centre: 0, scale: 1 };
}

export function markMeaning(name: string, yes: string, no: string): FeatureMeaning {
  return { kind: 'mark', name, centre: 0, scale: 1, yes, no };
}

/** What a step gives that does not say what its features mean: their names; one that is a column's is another number now. */
export function namedMeanings(
  names: readonly string[],
  inputs: readonly Meaning[],
): readonly FeatureMeaning[] {
  const before = new Set(inputs.map(({ name }) => name));
  return names.map((name) => ({
    ...{ kind: 'number', name, centre: 0, scale: 1 },
    ...(before.has(name) && { altered: true }),
  }));
}

/** After f becomes (f − centre) ÷ scale. */
export function scaledMeaning(meaning: Meaning, centre: number, scale: number): Meaning {
  if (meaning.kind === 'text') return meaning;
  return {
    ...meaning,
    centre: centre * meaning.scale + meaning.centre,
    scale: scale * meaning.scale,
  };
}
