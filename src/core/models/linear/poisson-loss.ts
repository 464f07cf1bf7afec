import type { FeatureMatrix } from '#core/features/matrix.ts';
import { exp } from '#core/math.ts';
import { addBlock, BLOCK, scoreBlock } from './row-blocks.ts';

/**
 * Mean of exp(score) − amount·score, which is half the Poisson deviance but for a constant; fills its gradient.
 * @param amounts of at least 0, one per row
 * @param counts what each row counts
 * @param point [width] coefficients, then the intercept
 */
export function poissonLoss(
  features: FeatureMatrix,
  amounts: Float64Array,
  counts: Float64Array,
  point: Float64Array,
  gradient: Float64Array,
): number {
  const { rows, width } = features;
  const coefficients = point.subarray(0, width);
  const slopes = gradient.subarray(0, width).fill(0);
  const scores = new Float64Array(BLOCK);
  const total = counts.reduce((sum, count) => sum + count, 0);
  let [loss, slope] = [0, 0];
  for (let from = 0; from < rows; from += BLOCK) {
    scoreBlock(features, from, coefficients, point[width] ?? 0, scores, 0);
    for (let b = 0; b < BLOCK; b += 1) {
      const share = from + b < rows ? (counts[from + b] ?? 0) / total : 0;
      const score = scores[b] ?? 0;
      const expected = exp(score);
      const amount = amounts[from + b] ?? 0;
      if (share !== 0) loss += share * (expected - amount * score);
      scores[b] = share === 0 ? 0 : share * (expected - amount);
      slope += scores[b] ?? 0;
    }
    addBlock(features, from, scores, 0, slopes);
  }
  gradient[width] = slope;
  return loss;
}
