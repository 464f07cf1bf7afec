import type { Histogram } from '#core/data/profile/profile.ts';

const BINS = 30;

/** All finite numbers in bins of one width, from the least to the largest; null where there is none. */
export function histogramOfValues(values: Float32Array): Histogram | null {
  let [low, high, count] = [Infinity, -Infinity, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    count += 1;
  }
  if (count === 0) return null;
  if (low === high) return { edges: [low, high], counts: [count], unit: false };
  const counts = Array<number>(BINS).fill(0);
  const perUnit = BINS / (high - low);
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(BINS - 1, Math.floor((value - low) * perUnit));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const edges = Array.from({ length: BINS + 1 }, (_, i) => low + ((high - low) * i) / BINS);
  return { edges, counts, unit: false };
}
