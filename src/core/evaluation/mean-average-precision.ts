import { tiesOf } from '#core/ranking/ties.ts';
import { forQueries, type Metric } from './metric.ts';

/**
 * Of one query: the mean over its relevant rows (grade above 0) of the share of relevant rows down to their place. In a
 * tie it is the mean over all orders (McSherry and Najork, 2008, Computing information retrieval performance measures
 * efficiently in the presence of tied scores, section 2.4).
 */
function averagePrecision(grades: Float64Array, scores: Float64Array): number | null {
  let [rows, relevant, sum] = [0, 0, 0];
  for (const tie of tiesOf(grades, scores)) {
    const own = tie.filter((grade) => grade > 0).length;
    // Given a relevant row in a place of the tie, each place before it in the tie has one at this rate.
    const rate = tie.length === 1 ? 0 : (own - 1) / (tie.length - 1);
    for (let i = 0; own > 0 && i < tie.length; i += 1) {
      sum += ((own / tie.length) * (relevant + 1 + i * rate)) / (rows + i + 1);
    }
    rows += tie.length;
    relevant += own;
  }
  return relevant === 0 ? null : sum / relevant;
}

export const meanAveragePrecision: Metric = {
  name: 'map',
  title: 'MAP',
  better: 'higher',
  bounds: [0, 1],
  help: 'Mean average precision: over a query’s relevant rows (grade above 0), the mean share of relevant rows down to their place; then the mean over queries with a relevant row.',
  undefinedWhen: 'no query has a relevant row',
  ...forQueries(averagePrecision),
};
