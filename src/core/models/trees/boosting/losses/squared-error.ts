import { weightedMean } from '#core/models/row-weights.ts';
import type { LossOfRows } from './loss.ts';
import { rowGradients } from './row-gradients.ts';

/** Squared error, of which half has the gradients score − target and hessians of 1. */
export const squaredError: LossOfRows = {
  targetOf: ({ target }) => target,

  baseline: (target, { weights }) =>
    Float64Array.of(weightedMean(target, weights ?? new Float64Array(target.length).fill(1))),

  gradients: (machine, own) =>
    rowGradients(machine, own, (scores, target, { gradients }) => {
      for (let i = 0; i < scores.length; i += 1) gradients[i] = (scores[i] ?? 0) - (target[i] ?? 0);
    }),

  rowLoss(target, [score = 0]) {
    return (score - target) * (score - target);
  },
};
