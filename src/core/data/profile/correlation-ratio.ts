import type { Codes } from './codes.ts';
import type { Correlated } from './correlation.ts';
import { safeScale } from './moments.ts';

/**
 * The correlation ratio η (Pearson, 1905; Fisher, 1925): the root of the share of the numbers' variance
 * that lies between the categories, over the rows where both columns hold a value.
 * @returns from 0 to 1; null under two categories, or where all numbers are equal
 */
export function correlationRatio(categories: Codes, numbers: Correlated): number | null {
  const { codes, size } = categories;
  const { values } = numbers;
  const counts = new Float64Array(size);
  const sums = new Float64Array(size);
  let rows = 0;
  let low = Infinity;
  let high = -Infinity;
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] ?? -1;
    const value = values[row] ?? NaN;
    if (code < 0 || Number.isNaN(value)) continue;
    rows += 1;
    low = Math.min(low, value);
    high = Math.max(high, value);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  if (!(low < high) || counts.filter((count) => count > 0).length < 2) return null;
  // Of a column of huge numbers only tiny ones may be left.
  const scale = safeScale(Math.max(-low, high));
  let total = 0;
  for (let row = 0; row < codes.length; row += 1) {
    const value = values[row] ?? NaN;
    if ((codes[row] ?? -1) >= 0 && !Number.isNaN(value)) total += value * scale;
  }
  const mean = total / rows;
  let rest = 0;
  let squares = 0;
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] ?? -1;
    const difference = (values[row] ?? NaN) * scale - mean;
    if (code < 0 || Number.isNaN(difference)) continue;
    rest += difference;
    squares += difference * difference;
    sums[code] = (sums[code] ?? 0) + difference;
  }
  // What rounding left of the mean, taken out of both sums of squares.
  const correction = (rest * rest) / rows;
  let between = -correction;
  for (const [code, sum] of sums.entries()) {
    const count = counts[code] ?? 0;
    if (count > 0) between += (sum * sum) / count;
  }
  return Math.sqrt(Math.min(1, Math.max(0, between / (squares - correction))));
}
