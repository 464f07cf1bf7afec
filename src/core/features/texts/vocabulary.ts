import { ln } from '#core/math.ts';
import { frequentTerms } from './frequent-terms.ts';
import { nGrams, type TextReading } from './n-grams.ts';

/** The n-grams of a column that become features, in the order of their UTF-16 code units, and the weight of each. */
export interface Vocabulary {
  readonly terms: readonly string[];
  /** ln((1 + texts) ÷ (1 + texts with the term)) + 1, scikit-learn's smoothed inverse document frequency. */
  readonly idf: readonly number[];
}

export interface VocabularyLimits {
  /** Fewest training texts that hold a term. */
  readonly minDf: number;
  /** Largest share of the training texts that hold it. */
  readonly maxDf: number;
  /** Of more terms, those that occur most often are kept; of equally frequent ones, the first in their order. */
  readonly maxFeatures: number;
}

/** @param texts training texts; a missing one is a text without n-grams */
export function vocabularyOf(
  texts: readonly string[],
  reading: TextReading,
  { minDf, maxDf, maxFeatures }: VocabularyLimits,
): Vocabulary {
  const isKept = (df: number): boolean => df >= minDf && df <= maxDf * texts.length;
  const kept = frequentTerms(termsOf(texts, reading), isKept)
    .slice(0, maxFeatures)
    .sort((a, b) => (a.term < b.term ? -1 : 1));
  return {
    terms: kept.map(({ term }) => term),
    idf: kept.map(({ texts: df }) => ln((1 + texts.length) / (1 + df)) + 1),
  };
}

/** One text's terms at a time: all of them together may be many. */
function* termsOf(texts: readonly string[], reading: TextReading): Generator<readonly string[]> {
  for (const text of texts) yield nGrams(text, reading);
}
