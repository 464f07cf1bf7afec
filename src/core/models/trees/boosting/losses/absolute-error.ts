import type { LossOfRows } from './loss.ts';
import { quantileLoss } from './quantile.ts';
import { rowGradients } from './row-gradients.ts';

const median = quantileLoss(0.5);

/** Absolute error: twice the pinball loss of the median, with slopes of −1 and 1. */
export const absoluteError: LossOfRows = {
  ...median,

  gradients: (machine, own) =>
    rowGradients(machine, own, (scores, target, { gradients }) => {
      for (let i = 0; i < scores.length; i += 1) {
        gradients[i] = (scores[i] ?? 0) > (target[i] ?? 0) ? 1 : -1;
      }
    }),

  rowLoss(target, [score = 0]) {
    return Math.abs(score - target);
  },
};
