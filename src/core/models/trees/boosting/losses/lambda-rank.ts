import { ndcgOf } from '#core/ranking/ndcg-of.ts';
import { lambdasOf, type LambdaOptions } from './lambdas.ts';
import type { LossOfQueries } from './loss.ts';
import { rowGradients } from './row-gradients.ts';

/** Moves rows by what NDCG of the first places would gain; the loss is what is missing of an NDCG of 1. */
export function lambdaRank(options: LambdaOptions): LossOfQueries {
  return {
    targetOf: ({ target }) => target,

    baseline: () => new Float64Array(1),

    gradients(machine, own, { target, queries = new Int32Array(target.length) }) {
      const write = lambdasOf(target, queries, options);
      return rowGradients(machine, own, (scores, _, into) => write(scores, into), true);
    },

    queryLoss(grades, scores) {
      const ndcg = ndcgOf(grades, scores, options.places);
      return ndcg === null ? null : 1 - ndcg;
    },
  };
}
