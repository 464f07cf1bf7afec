import type { FeatureMatrix } from '#core/features/matrix.ts';

/**
 * Per feature, how many categories its codes stand for, where each can have a bin of its own, else 0. Codes of more
 * categories than bins are split as numbers, and a warning says so.
 */
export function usableCategories(
  { categories, names }: FeatureMatrix,
  maxBins: number,
): { readonly categories?: Int32Array; readonly warnings: readonly string[] } {
  if (categories === undefined) return { warnings: [] };
  const usable = categories.map((count) => (count <= maxBins ? count : 0));
  const warnings = [...categories.entries()]
    .filter(([, count]) => count > maxBins)
    .map(
      ([j, count]) =>
        `The feature "${names[j] ?? ''}" has ${count} categories, more than ${maxBins} bins: boosting split its codes as numbers, in their order. Target or frequency encoding keeps more of it.`,
    );
  return { categories: usable, warnings };
}
