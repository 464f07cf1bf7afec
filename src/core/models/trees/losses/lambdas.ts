import { exp, ln } from '#core/math.ts';
import { bestGain, discountOf, gainOf } from '#core/ranking/gains.ts';
import { rowsOfQueries } from '#core/ranking/query-rows.ts';
import type { Derivatives } from './row-gradients.ts';

export interface LambdaOptions {
  /** Pairs of rows count of which one is in so many first places. */
  readonly places: number;
  /** Whether pairs of far scores count less, and no query more for its many pairs. */
  readonly normalizes: boolean;
}

/** Added to a pair's distance of scores, by which its weight is divided. */
const LEAST_DISTANCE = 0.01;

/** One query: its rows, their grades, and what the best order of them gains. */
interface Query {
  readonly rows: Int32Array;
  readonly grades: Float64Array;
  readonly best: number;
}

/**
 * Derivatives of LambdaRank (Burges, 2010, From RankNet to LambdaRank to LambdaMART) with the definitions of LightGBM's
 * `lambdarank`, its sigmoid at 1: each pair of unlike grades pulls its rows apart, the more so the more NDCG would change
 * if they changed places.
 * @param grades of every row
 * @param queries the query of every row, counted from 0
 */
export function lambdasOf(
  grades: Float64Array,
  queries: Int32Array,
  options: LambdaOptions,
): (scores: Float64Array, into: Derivatives) => void {
  const ranked = rowsOfQueries(queries)
    .map((rows): Query => {
      const own = Float64Array.from(rows, (row) => grades[row] ?? 0);
      return { rows, grades: own, best: bestGain(own, options.places) };
    })
    .filter(({ best }) => best > 0);
  const longest = ranked.reduce((most, { rows }) => Math.max(most, rows.length), 0);
  const discounts = Float64Array.from({ length: longest }, (_, place) => discountOf(place));
  return (scores, { gradients, hessians }) => {
    gradients.fill(0);
    hessians.fill(0);
    for (const query of ranked) addQuery(query, scores, discounts, options, gradients, hessians);
  };
}

/** Adds to the derivatives of one query's rows. */
function addQuery(
  { rows, grades, best }: Query,
  scores: Float64Array,
  discounts: Float64Array,
  { places, normalizes }: LambdaOptions,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  const own = Float64Array.from(rows, (row) => scores[row] ?? 0);
  const order = Int32Array.from(own.keys()).sort((a, b) => (own[b] ?? 0) - (own[a] ?? 0));
  const highest = own[order[0] ?? 0] ?? 0;
  const lowest = own[order.at(-1) ?? 0] ?? 0;
  const byDistance = normalizes && highest !== lowest;
  let total = 0;
  for (let i = 0; i < Math.min(places, order.length - 1); i += 1) {
    for (let j = i + 1; j < order.length; j += 1) {
      const [a, b] = [order[i] ?? 0, order[j] ?? 0];
      const difference = (grades[a] ?? 0) - (grades[b] ?? 0);
      if (difference === 0) continue;
      const [better, worse] = difference > 0 ? [a, b] : [b, a];
      const distance = (own[better] ?? 0) - (own[worse] ?? 0);
      const gain = gainOf(grades[better] ?? 0) - gainOf(grades[worse] ?? 0);
      const discount = (discounts[i] ?? 0) - (discounts[j] ?? 0);
      const change = (gain * discount) / best;
      const weight = byDistance ? change / (LEAST_DISTANCE + Math.abs(distance)) : change;
      const wrong = 1 / (1 + exp(distance));
      const pull = weight * wrong;
      const bend = pull * (1 - wrong);
      const [up, down] = [rows[better] ?? 0, rows[worse] ?? 0];
      gradients[up] = (gradients[up] ?? 0) - pull;
      gradients[down] = (gradients[down] ?? 0) + pull;
      hessians[up] = (hessians[up] ?? 0) + bend;
      hessians[down] = (hessians[down] ?? 0) + bend;
      total += 2 * pull;
    }
  }
  if (!normalizes || total === 0) return;
  const scale = ln(1 + total) / Math.LN2 / total;
  for (const row of rows) {
    gradients[row] = (gradients[row] ?? 0) * scale;
    hessians[row] = (hessians[row] ?? 0) * scale;
  }
}
