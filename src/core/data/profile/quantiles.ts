import { QUANTILE_SHARES, type Quantiles } from './profile.ts';

/** Quantiles at `QUANTILE_SHARES` of at least one value in ascending order. */
export function quantilesOf(sorted: Float64Array): Quantiles {
  return quantilesAt(sorted.length, (i) => sorted[i] ?? NaN);
}

/**
 * Quantiles at `QUANTILE_SHARES` by linear interpolation between order statistics (Hyndman and Fan,
 * 1996, definition 7; NumPy's default).
 * @param count how many values there are, at least one
 * @param at the value at a 0-based rank
 */
export function quantilesAt(count: number, at: (rank: number) => number): Quantiles {
  return QUANTILE_SHARES.map((share) => {
    const position = share * (count - 1);
    const rank = Math.floor(position);
    return between(at(rank), at(Math.min(rank + 1, count - 1)), position - rank);
  });
}

/** The point between two numbers; also where their difference is no finite number. */
export function between(low: number, high: number, share: number): number {
  const range = high - low;
  if (!Number.isFinite(range)) return low * (1 - share) + high * share;
  // From the nearer end, so that the result never leaves [low, high].
  return share < 0.5 ? low + range * share : high - range * (1 - share);
}
