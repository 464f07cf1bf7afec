import type { FeatureMatrix } from '#core/features/matrix.ts';
import { ln } from '#core/math.ts';
import { expBelowZero } from './exp-below-zero.ts';
import { addBlock, BLOCK, scoreBlock } from './row-blocks.ts';

/** Sums of exponentials are multiplied up to here before the logarithm of them all is taken at once. */
export const LARGE = 1e100;

/**
 * Σ cross-entropy of two classes, where the first one's score is 0 and takes no coefficients.
 * @param target 0 or 1 of each row
 * @param counts what each row counts, or null where all count 1
 * @param point [width] coefficients, then the intercept
 * @param gradient takes the sum's gradient, where one is wanted
 */
export function twoClassLoss(
  features: FeatureMatrix,
  target: Float64Array,
  counts: Float64Array | null,
  point: Float64Array,
  gradient: Float64Array | null,
): number {
  const { rows, width } = features;
  const coefficients = point.subarray(0, width);
  const slopes = gradient?.fill(0).subarray(0, width);
  const start = point[width] ?? 0;
  const scores = new Float64Array(BLOCK);
  let loss = 0;
  let product = 1;
  let slope = 0;
  for (let from = 0; from < rows; from += BLOCK) {
    scoreBlock(features, from, coefficients, start, scores, 0);
    const size = Math.min(BLOCK, rows - from);
    for (let b = 0; b < BLOCK; b += 1) {
      if (b >= size) {
        scores[b] = 0;
        continue;
      }
      const score = scores[b] ?? 0;
      const isSecond = target[from + b] === 1;
      const power = expBelowZero(-Math.abs(score));
      const sum = 1 + power;
      // The score that speaks against the row's class is what its loss begins with.
      const lead = score > 0 === isSecond ? 0 : Math.abs(score);
      const share = (score > 0 ? 1 : power) / sum;
      let asked = isSecond ? share - 1 : share;
      if (counts === null) {
        loss += lead;
        product *= sum;
      } else {
        const count = counts[from + b] ?? 0;
        loss += count === 0 ? 0 : count * (lead + ln(sum));
        asked *= count;
      }
      scores[b] = asked;
      slope += asked;
    }
    if (product > LARGE) {
      loss += ln(product);
      product = 1;
    }
    if (slopes !== undefined) addBlock(features, from, scores, 0, slopes);
  }
  if (gradient !== null) gradient[width] = slope;
  return loss + ln(product);
}
