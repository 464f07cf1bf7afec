import { byCodePoint } from './code-points.ts';

/** What decides whether a category is frequent enough to have a feature of its own. */
export interface Limits {
  /** Most features. */
  readonly most: number;
  /** Fewest rows of a frequent category. */
  readonly fewest: number;
}

export function countTexts(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The most frequent categories, and of equally frequent ones the alphabetically first; in alphabetical order. */
export function mostFrequentTexts(values: readonly string[], { most, fewest }: Limits): string[] {
  return [...countTexts(values)]
    .filter(([, count]) => count >= fewest)
    .sort(([a, n], [b, m]) => m - n || byCodePoint(a, b))
    .slice(0, most)
    .map(([category]) => category)
    .sort(byCodePoint);
}

/**
 * Categories with a feature of their own, and those that share one, as scikit-learn's OneHotEncoder parts them: the
 * shared feature counts among the most, needed or not, and of equally frequent categories the alphabetically last stay.
 */
export function groupRare(
  values: readonly string[],
  { most, fewest }: Limits,
): { readonly frequent: string[]; readonly rare: string[] } {
  const counts = [...countTexts(values)].sort(([a], [b]) => byCodePoint(a, b));
  const enough = counts.filter(([, count]) => count >= fewest);
  const kept = new Set(
    enough.length + 1 <= most
      ? enough
      : counts
          .map((one, place) => ({ one, place }))
          .filter(({ one: [, count] }) => count >= fewest)
          .sort((a, b) => b.one[1] - a.one[1] || b.place - a.place)
          .slice(0, most - 1)
          .map(({ one }) => one),
  );
  const names = (wanted: boolean): string[] =>
    counts.filter((one) => kept.has(one) === wanted).map(([category]) => category);
  return { frequent: names(true), rare: names(false) };
}
