import { ln } from '#core/math.ts';
import { bestGain, discountOf, gainOf } from '#core/ranking/gains.ts';
import { rowsOfQueries } from '#core/ranking/query-rows.ts';
import { expBelowZero } from '#core/models/linear/exp-below-zero.ts';
import type { Derivatives } from './row-gradients.ts';

export interface LambdaOptions {
  /** Pairs of rows count of which one is in so many first places. */
  readonly places: number;
  /** Whether pairs of far scores count less, and no query more for its many pairs. */
  readonly normalizes: boolean;
}

/** Added to a pair's distance of scores, by which its weight is divided. */
const LEAST_DISTANCE = 0.01;

/** One query: its rows, what each is worth, and what the best order of them gains. */
interface Query {
  readonly rows: Int32Array;
  readonly gains: Float64Array;
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
      return { rows, gains: own.map(gainOf), best: bestGain(own, options.places) };
    })
    .filter(({ best }) => best > 0);
  const longest = ranked.reduce((most, { rows }) => Math.max(most, rows.length), 0);
  const discounts = Float64Array.from({ length: longest }, (_, place) => discountOf(place));
  return (scores, { gradients, hessians }) => {
    gradients.fill(0);
    hessians.fill(0);
    for (const query of ranked) {
      const order = orderOf(query.rows, scores);
      const pulls = pullsOf(query, order, scores, discounts, options);
      for (const [place, i] of order.entries()) {
        const row = query.rows[i] ?? 0;
        gradients[row] = (pulls.slopes[place] ?? 0) * pulls.scale;
        hessians[row] = (pulls.bends[place] ?? 0) * pulls.scale;
      }
    }
  };
}

/** Which of a query's rows stands in each place; of one score the first in the data comes first. */
function orderOf(rows: Int32Array, scores: Float64Array): Int32Array {
  const own = Float64Array.from(rows, (row) => scores[row] ?? 0);
  return Int32Array.from(own.keys()).sort((a, b) => (own[b] ?? 0) - (own[a] ?? 0));
}

/** Derivatives by place, before they are scaled. */
interface Pulls {
  readonly slopes: Float64Array;
  readonly bends: Float64Array;
  readonly scale: number;
}

function pullsOf(
  { rows, gains, best }: Query,
  order: Int32Array,
  scores: Float64Array,
  discounts: Float64Array,
  { places, normalizes }: LambdaOptions,
): Pulls {
  const score = Float64Array.from(order, (i) => scores[rows[i] ?? 0] ?? 0);
  const gain = Float64Array.from(order, (i) => gains[i] ?? 0);
  const slopes = new Float64Array(order.length);
  const bends = new Float64Array(order.length);
  const byDistance = normalizes && score[0] !== score.at(-1);
  let total = 0;
  for (let i = 0; i < Math.min(places, order.length - 1); i += 1) {
    for (let j = i + 1; j < order.length; j += 1) {
      const more = (gain[i] ?? 0) - (gain[j] ?? 0);
      if (more === 0) continue;
      const change = (Math.abs(more) * ((discounts[i] ?? 0) - (discounts[j] ?? 0))) / best;
      // The upper of the two has the higher score.
      const distance = (score[i] ?? 0) - (score[j] ?? 0);
      const weight = byDistance ? change / (LEAST_DISTANCE + distance) : change;
      const power = expBelowZero(-distance);
      // How likely the pair is the wrong way round: little where the better row stands above.
      const wrong = (more > 0 ? power : 1) / (1 + power);
      const pull = weight * wrong;
      const slope = more > 0 ? -pull : pull;
      const bend = pull * (1 - wrong);
      slopes[i] = (slopes[i] ?? 0) + slope;
      slopes[j] = (slopes[j] ?? 0) - slope;
      bends[i] = (bends[i] ?? 0) + bend;
      bends[j] = (bends[j] ?? 0) + bend;
      total += 2 * pull;
    }
  }
  const scale = normalizes && total > 0 ? ln(1 + total) / Math.LN2 / total : 1;
  return { slopes, bends, scale };
}
