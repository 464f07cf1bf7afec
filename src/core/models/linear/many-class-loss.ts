import type { FeatureMatrix } from '#core/features/matrix.ts';
import { ln } from '#core/math.ts';
import { expBelowZero } from './exp-below-zero.ts';
import { addBlock, BLOCK, scoreBlock } from './row-blocks.ts';
import { LARGE } from './two-class-loss.ts';

/**
 * Σ cross-entropy of classes that each have their own coefficients.
 * @param target class of each row
 * @param counts what each row counts, or null where all count 1
 * @param point [width, classes] coefficients row-major, then [classes] intercepts
 * @param gradient takes the sum's gradient, where one is wanted
 */
export function manyClassLoss(
  features: FeatureMatrix,
  target: Float64Array,
  classes: number,
  counts: Float64Array | null,
  point: Float64Array,
  gradient: Float64Array | null,
): number {
  const { rows, width } = features;
  const ofClass = Array.from({ length: classes }, (_, k) =>
    Float64Array.from({ length: width }, (__, j) => point[j * classes + k] ?? 0),
  );
  const slopes = ofClass.map(() => new Float64Array(width));
  const intercepts = new Float64Array(classes);
  const starts = point.slice(width * classes);
  const scores = new Float64Array(classes * BLOCK);
  const none = new Float64Array(0);
  let loss = 0;
  let product = 1;
  for (let from = 0; from < rows; from += BLOCK) {
    for (let k = 0; k < classes; k += 1) {
      scoreBlock(features, from, ofClass[k] ?? none, starts[k] ?? 0, scores, k * BLOCK);
    }
    const size = Math.min(BLOCK, rows - from);
    if (size < BLOCK) clearPast(scores, size);
    for (let b = 0; b < size; b += 1) {
      const own = (target[from + b] ?? 0) * BLOCK + b;
      const count = counts === null ? 1 : (counts[from + b] ?? 0);
      let top = -Infinity;
      for (let at = b; at < scores.length; at += BLOCK) {
        const score = scores[at] ?? 0;
        if (score > top) top = score;
      }
      const lead = top - (scores[own] ?? 0);
      let sum = 0;
      for (let at = b; at < scores.length; at += BLOCK) {
        const power = expBelowZero((scores[at] ?? 0) - top);
        scores[at] = power;
        sum += power;
      }
      if (counts === null) {
        loss += lead;
        product *= sum;
      } else if (count > 0) loss += count * (lead + ln(sum));
      const share = count / sum;
      for (let at = b; at < scores.length; at += BLOCK) scores[at] = (scores[at] ?? 0) * share;
      scores[own] = (scores[own] ?? 0) - count;
    }
    if (product > LARGE) {
      loss += ln(product);
      product = 1;
    }
    if (gradient === null) continue;
    for (let k = 0; k < classes; k += 1) {
      const at = k * BLOCK;
      addBlock(features, from, scores, at, slopes[k] ?? none);
      let sum = 0;
      for (let b = 0; b < BLOCK; b += 1) sum += scores[at + b] ?? 0;
      intercepts[k] = (intercepts[k] ?? 0) + sum;
    }
  }
  for (const [k, slope] of slopes.entries()) {
    for (const [j, value] of slope.entries()) if (gradient) gradient[j * classes + k] = value;
  }
  gradient?.set(intercepts, width * classes);
  return loss + ln(product);
}

/** What is past the last row asks for nothing. */
function clearPast(scores: Float64Array, size: number): void {
  for (let at = 0; at < scores.length; at += 1) if (at % BLOCK >= size) scores[at] = 0;
}
