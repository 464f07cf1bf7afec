import { bestGain, discountOf, gainOf } from './gains.ts';
import { tiesOf } from './ties.ts';

/**
 * The discounted gain of one query's first `places` as a share of the best there is (Järvelin and Kekäläinen, 2002),
 * rows of one score sharing their places evenly (McSherry and Najork, 2008): scikit-learn's `ndcg_score` of gains.
 * null where no row is relevant, so that every order is as good.
 */
export function ndcgOf(grades: Float64Array, scores: Float64Array, places: number): number | null {
  const best = bestGain(grades, places);
  if (best === 0) return null;
  let place = 0;
  let gain = 0;
  for (const tie of tiesOf(grades, scores)) {
    const mean = tie.reduce((sum, grade) => sum + gainOf(grade), 0) / tie.length;
    for (const end = place + tie.length; place < end; place += 1) {
      if (place < places) gain += mean * discountOf(place);
    }
  }
  return gain / best;
}
