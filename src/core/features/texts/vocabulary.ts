import { ln } from '#core/math.ts';
import { isSettled, nGrams, type TextReading } from './n-grams.ts';

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

interface Count {
  occurrences: number;
  texts: number;
  lastText: number;
}

/** @param texts training texts; a missing one is a text without n-grams */
export function vocabularyOf(
  texts: readonly string[],
  reading: TextReading,
  { minDf, maxDf, maxFeatures }: VocabularyLimits,
): Vocabulary {
  const counts = new Map<string, Count>();
  for (const [at, text] of texts.entries()) {
    for (const term of nGrams(text, reading)) {
      const count = counts.get(term);
      if (count === undefined) counts.set(term, { occurrences: 1, texts: 1, lastText: at });
      else {
        count.occurrences += 1;
        if (count.lastText !== at) count.texts += 1;
        count.lastText = at;
      }
    }
  }
  const kept = [...counts]
    .filter(([, { texts: df }]) => df >= minDf && df <= maxDf * texts.length)
    .filter(([term]) => isSettled(term))
    .sort(([a, { occurrences: n }], [b, { occurrences: m }]) => m - n || (a < b ? -1 : 1))
    .slice(0, maxFeatures)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    terms: kept.map(([term]) => term),
    idf: kept.map(([, { texts: df }]) => ln((1 + texts.length) / (1 + df)) + 1),
  };
}
