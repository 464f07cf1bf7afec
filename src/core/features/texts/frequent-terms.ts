import { isSettled } from './n-grams.ts';

export interface CountedTerm {
  readonly term: string;
  /** How often it occurs, and how many texts it occurs in. */
  readonly occurrences: number;
  readonly texts: number;
}

/**
 * The terms of training texts, those that occur most often first; of equally frequent ones, the first in the order of their
 * UTF-16 code units.
 * @param texts the terms of each text
 * @param isKept whether a term stays that this many texts hold
 */
export function frequentTerms(
  texts: Iterable<readonly string[]>,
  isKept: (texts: number) => boolean,
): readonly CountedTerm[] {
  const counts = new Map<string, { occurrences: number; texts: number; lastText: number }>();
  let at = 0;
  for (const terms of texts) {
    for (const term of terms) {
      const count = counts.get(term);
      if (count === undefined) counts.set(term, { occurrences: 1, texts: 1, lastText: at });
      else {
        count.occurrences += 1;
        if (count.lastText !== at) count.texts += 1;
        count.lastText = at;
      }
    }
    at += 1;
  }
  return [...counts]
    .map(([term, { occurrences, texts: held }]) => ({ term, occurrences, texts: held }))
    .filter(({ term, texts: held }) => isKept(held) && isSettled(term))
    .sort((a, b) => b.occurrences - a.occurrences || (a.term < b.term ? -1 : 1));
}
