import { quantile } from '../statistics.ts';
import { placeOf } from './search.ts';

/**
 * A curve from numbers to their share of the training values. Lists but `knots` go by place: entry p is for numbers
 * that p knots are at most.
 */
export interface RankMap {
  /** Distinct quantiles, rising. */
  readonly knots: readonly number[];
  /** The knot that a piece of the curve begins at. */
  readonly from: readonly number[];
  /** The share at that knot itself: the middle of those that it is the quantile of. */
  readonly at: readonly number[];
  /** The share just behind it, … */
  readonly start: readonly number[];
  /** … how far away the next knot is, … */
  readonly width: readonly number[];
  /** … and by how much the share rises on the way. */
  readonly rise: readonly number[];
}

/**
 * The curve as scikit-learn's QuantileTransformer has it with uniform output: the mean of interpolating forwards and
 * backwards, which differ at values that several quantiles share; the lowest is 0 and the highest 1.
 * @param sorted training values, rising
 */
export function rankMap(sorted: Float64Array, quantiles: number): RankMap {
  const pieces = sorted.length === 0 ? [] : tiedQuantiles(sorted, quantiles);
  const last = pieces.length - 1;
  const knots = pieces.map(({ value }) => value);
  const at = pieces.map(({ first, final }, i) =>
    i === 0 ? 0 : i === last ? 1 : 0.5 * (first + final),
  );
  const next = pieces.slice(1);
  return {
    knots,
    from: [knots[0] ?? 0, ...knots],
    at: [0, ...at],
    start: [0, ...pieces.map(({ final }, i) => (i === last ? 1 : final))],
    width: [1, ...next.map(({ value }, i) => value - (knots[i] ?? 0)), 1],
    rise: [0, ...next.map(({ first }, i) => first - (pieces[i]?.final ?? 0)), 0],
  };
}

export function rankOf(x: number, { knots, from, at, start, width, rise }: RankMap): number {
  if (Number.isNaN(x)) return x;
  const place = placeOf(x, knots);
  const knot = from[place] ?? 0;
  if (x === knot) return at[place] ?? 0;
  return (start[place] ?? 0) + ((x - knot) / (width[place] ?? 1)) * (rise[place] ?? 0);
}

/** Distinct quantiles, each with the first and the final share that it is the quantile of. */
function tiedQuantiles(
  sorted: Float64Array,
  quantiles: number,
): { value: number; first: number; final: number }[] {
  const pieces: { value: number; first: number; final: number }[] = [];
  for (let i = 0; i < quantiles; i += 1) {
    const share = i === quantiles - 1 ? 1 : i * (1 / Math.max(1, quantiles - 1));
    // By way of percent, as NumPy goes: the rounding decides which quantiles are equal.
    const value = quantile(sorted, (share * 100) / 100);
    const before = pieces[pieces.length - 1];
    if (before !== undefined && value <= before.value) before.final = share;
    else pieces.push({ value, first: share, final: share });
  }
  return pieces;
}
