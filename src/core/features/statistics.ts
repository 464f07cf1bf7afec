/** Statistics that steps fit. All read plain finite numbers, without missing values, and at least one. */

/** In two passes, so that the mean of equal values is that value; safe from overflow. */
export function mean(values: Float64Array): number {
  const { length } = values;
  let rough = 0;
  for (const value of values) rough += value / length;
  let correction = 0;
  for (const value of values) correction += value / length - rough / length;
  return rough + correction;
}

/** The middle value, or the mean of the two middle ones (NumPy's definition). */
export function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  if (sorted.length % 2 === 1) return upper;
  const lower = sorted[middle - 1] ?? NaN;
  return lower + (upper - lower) / 2;
}

/**
 * The value below which a share of the values lies, with a line between the two nearest (NumPy's `linear`).
 * @param sorted in rising order
 * @param share from 0 to 1
 */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const lower = sorted[below] ?? NaN;
  const upper = sorted[below + 1] ?? lower;
  const part = place - below;
  const distance = upper - lower;
  if (distance === Infinity) return lower * (1 - part) + upper * part;
  return part < 0.5 ? lower + distance * part : upper - distance * (1 - part);
}

/** Population standard deviation (divided by n, like scikit-learn's StandardScaler); safe from overflow. */
export function standardDeviation(values: Float64Array, centre: number): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value - centre));
  if (largest === 0) return 0;
  let sum = 0;
  for (const value of values) {
    const ratio = (value - centre) / largest;
    sum += ratio * ratio;
  }
  return largest * Math.sqrt(sum / values.length);
}

/** The most frequent value; of several, the first in order (scikit-learn's rule). */
export function mostFrequent<T extends number | string>(
  values: Iterable<T>,
  inOrder: (a: T, b: T) => number,
): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: T | undefined;
  let bestCount = 0;
  for (const [value, count] of counts) {
    if (
      count > bestCount ||
      (count === bestCount && best !== undefined && inOrder(value, best) < 0)
    ) {
      best = value;
      bestCount = count;
    }
  }
  return best;
}
