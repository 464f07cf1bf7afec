import type { LossOfRows } from './loss.ts';
import { rowGradients } from './row-gradients.ts';
import { sampleQuantile } from './sample-quantile.ts';

/**
 * The pinball loss, whose minimum is a quantile: q · (target − score) above the score, (1 − q) · (score − target) below.
 * Trees follow its slope with hessians of 1; each leaf's value is then the quantile of what its rows lack, as in
 * scikit-learn.
 */
export function quantileLoss(quantile: number): LossOfRows {
  return {
    targetOf: ({ target }) => target,

    baseline: (target, { weights }) => Float64Array.of(sampleQuantile(target, weights, quantile)),

    gradients: (machine, own) =>
      rowGradients(machine, own, (scores, target, { gradients }) => {
        for (let i = 0; i < scores.length; i += 1) {
          gradients[i] = (scores[i] ?? 0) > (target[i] ?? 0) ? 1 - quantile : -quantile;
        }
      }),

    rowLoss(target, [score = 0]) {
      return score > target ? (1 - quantile) * (score - target) : quantile * (target - score);
    },

    leafValue: (residuals, weights) => sampleQuantile(residuals, weights, quantile),
  };
}
