import { rowsOfQueries } from './query-rows.ts';

/** The place of each row in its query, from 1 for the highest score; rows of one score share the first of their places. */
export function ranksWithin(queries: Int32Array, scores: Float64Array): Int32Array {
  const ranks = new Int32Array(scores.length);
  for (const rows of rowsOfQueries(queries)) {
    const order = rows.slice().sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    for (const [place, row] of order.entries()) {
      const above = order[place - 1];
      const isTied = above !== undefined && scores[above] === scores[row];
      ranks[row] = isTied ? (ranks[above] ?? 0) : place + 1;
    }
  }
  return ranks;
}
