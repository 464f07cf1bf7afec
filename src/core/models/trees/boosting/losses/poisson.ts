import { exp, ln } from '#core/math.ts';
import { NOT_STANDARDIZED } from '#core/models/log-link.ts';
import { weightedMean } from '#core/models/row-weights.ts';
import type { LossOfRows } from './loss.ts';
import { rowGradients } from './row-gradients.ts';

/** scikit-learn's least mean: 10 units in the last place above 0. */
const LEAST_MEAN = 10 * Number.EPSILON;
/** e to a larger power has no float64 square. */
const LARGEST_SCORE = 350;

/**
 * Half the Poisson deviance of amounts of at least 0, in the target's own unit. A score is the logarithm of the answer:
 * gradients are exp(score) − target, hessians exp(score).
 */
export const poisson: LossOfRows = {
  logLink: true,

  /** A target of 0 comes back from its standardized form as 0 but for rounding. */
  targetOf({ target, targetScale: { mean, standardDeviation } = NOT_STANDARDIZED }) {
    return target.map((value) => Math.max(0, value * standardDeviation + mean));
  },

  baseline(target, { weights }) {
    const mean = weightedMean(target, weights ?? new Float64Array(target.length).fill(1));
    return Float64Array.of(ln(Math.max(mean, LEAST_MEAN)));
  },

  gradients: (machine, own) =>
    rowGradients(
      machine,
      own,
      (scores, target, { gradients, hessians }) => {
        for (let i = 0; i < scores.length; i += 1) {
          const answer = exp(Math.min(scores[i] ?? 0, LARGEST_SCORE));
          gradients[i] = answer - (target[i] ?? 0);
          hessians[i] = answer;
        }
      },
      true,
    ),

  rowLoss(target, [score = 0]) {
    const answer = exp(Math.min(score, LARGEST_SCORE));
    return target === 0 ? answer : target * (ln(target) - score) - target + answer;
  },
};
