import { ndcgOf } from '#core/ranking/ndcg-of.ts';
import type { MetricName } from '#core/spec/spec.ts';
import { forQueries, type Metric } from './metric.ts';

/** NDCG over the first places of each query. */
function ndcgAt(name: MetricName, places: number): Metric {
  const isFull = places === Infinity;
  return {
    name,
    title: isFull ? 'NDCG' : `NDCG@${places}`,
    better: 'higher',
    bounds: [0, 1],
    help: `How much relevance stands ${isFull ? 'high up' : `in the first ${places} places`}, as a share of the best order, in the mean over queries with a relevant row; a grade g counts 2^g − 1, a place p 1 ÷ log₂(p + 1).`,
    undefinedWhen: 'no query has a relevant row',
    ...forQueries((grades, scores) => ndcgOf(grades, scores, places)),
  };
}

export const ndcg5 = ndcgAt('ndcg_5', 5);
export const ndcg10 = ndcgAt('ndcg_10', 10);
export const ndcg = ndcgAt('ndcg', Infinity);
