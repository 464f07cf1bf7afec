import { tiesOf } from '#core/ranking/ties.ts';
import { forQueries, type Metric } from './metric.ts';

/**
 * Of one query: 1 ÷ the place of its first relevant row (grade above 0), in a tie the mean over all orders (McSherry and
 * Najork, 2008, section 2.2).
 */
function reciprocalRank(grades: Float64Array, scores: Float64Array): number | null {
  let rows = 0;
  for (const tie of tiesOf(grades, scores)) {
    const relevant = tie.filter((grade) => grade > 0).length;
    if (relevant > 0) return meanOverOrders(tie.length, relevant, rows);
    rows += tie.length;
  }
  return null;
}

/** @param before places above the tie */
function meanOverOrders(length: number, relevant: number, before: number): number {
  let mean = 0;
  // That the places of the tie down to this one, without it, have no relevant row.
  let noneYet = 1;
  for (let i = 0; i <= length - relevant; i += 1) {
    const isFirst = relevant / (length - i);
    mean += (noneYet * isFirst) / (before + i + 1);
    noneYet *= 1 - isFirst;
  }
  return mean;
}

export const meanReciprocalRank: Metric = {
  name: 'mrr',
  title: 'MRR',
  better: 'higher',
  bounds: [0, 1],
  help: 'Mean reciprocal rank: 1 divided by the place of a query’s first relevant row (grade above 0), in the mean over queries with a relevant row.',
  undefinedWhen: 'no query has a relevant row',
  ...forQueries(reciprocalRank),
};
