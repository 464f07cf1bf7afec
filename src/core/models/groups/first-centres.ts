import { sampleRows } from '#core/data/profile/sample-rows.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import { ln } from '#core/math.ts';
import type { RandomStream } from '#core/random.ts';
import { squaredDistance } from './centres.ts';

/** Rows drawn without preference, as centres [k, width]. */
export function randomRows(features: FeatureMatrix, k: number, random: RandomStream): Float64Array {
  const { width, values } = features;
  const centres = new Float64Array(k * width);
  for (const [c, row] of sampleRows(features.rows, k, random).entries()) {
    centres.set(values.subarray(row * width, (row + 1) * width), c * width);
  }
  return centres;
}

/**
 * k-means++ (Arthur and Vassilvitskii, 2007), greedy as in scikit-learn: each further centre is the best of
 * 2 + ⌊ln k⌋ rows, each drawn with a chance that grows with its squared distance to the centres there are.
 * @returns centres [k, width]
 */
export function spreadRows(features: FeatureMatrix, k: number, random: RandomStream): Float64Array {
  const { rows, width, values } = features;
  const tries = 2 + Math.floor(ln(k));
  const centres = new Float64Array(k * width);
  const take = (row: number, c: number): void => {
    centres.set(values.subarray(row * width, (row + 1) * width), c * width);
  };
  take(random.integer(rows), 0);
  let nearest = Float64Array.from({ length: rows }, (_, i) =>
    squaredDistance(values, i, centres, 0, width),
  );
  for (let c = 1; c < k; c += 1) {
    const total = nearest.reduce((sum, square) => sum + square, 0);
    let best = { row: 0, total: Infinity, nearest };
    for (let t = 0; t < tries; t += 1) {
      const row = drawByWeight(nearest, random.uniform() * total);
      const then = nearest.map((square, i) =>
        Math.min(square, squaredDistance(values, i, values, row, width)),
      );
      const left = then.reduce((sum, square) => sum + square, 0);
      if (left < best.total) best = { row, total: left, nearest: then };
    }
    take(best.row, c);
    ({ nearest } = best);
  }
  return centres;
}

/** The first entry at which the running sum of the weights passes a mark; the last that has any where none does. */
function drawByWeight(weights: Float64Array, mark: number): number {
  let sum = 0;
  let last = 0;
  for (const [i, weight] of weights.entries()) {
    if (weight > 0) last = i;
    sum += weight;
    if (sum > mark && weight > 0) return i;
  }
  return last;
}
