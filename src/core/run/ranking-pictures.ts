import { ndcgOf } from '#core/ranking/ndcg-of.ts';
import { rowsOfQueries } from '#core/ranking/query-rows.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import type { Part } from './fit-parts.ts';

/** Queries that a report shows, and rows of each. */
const SHOWN_QUERIES = 12;
const SHOWN_ROWS = 20;
/** Places of the figure beside a query. */
const PLACES = 10;

type Rankings = NonNullable<CandidateRecord['rankings']>['test'];

/** The first queries of a part with two rows or more, as scores rank them: the same ones for every candidate. */
export function rankingsOf(
  { rows, target, data, queryNames = [] }: Part,
  scores: Float64Array,
): Rankings {
  const { queries = new Int32Array(0) } = data;
  return [...rowsOfQueries(queries).entries()]
    .filter(([, own]) => own.length > 1)
    .slice(0, SHOWN_QUERIES)
    .map(([query, own]) => {
      const take = (all: Float64Array) => Float64Array.from(own, (i) => all[i] ?? NaN);
      const order = own.slice().sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
      return {
        query: queryNames[query] ?? '',
        rows: own.length,
        ndcg10: ndcgOf(take(target), take(scores), PLACES),
        ranked: Array.from(order.subarray(0, SHOWN_ROWS), (i) => ({
          row: (rows[i] ?? 0) + 1,
          grade: target[i] ?? 0,
          score: scores[i] ?? 0,
        })),
      };
    });
}

/**
 * The largest difference between a trainer's scores and the graph's, of scores above 1 as a share of the score; without
 * bound where either side gave no number.
 */
export function scoreDifference(own: Float32Array, graph: Float64Array): number {
  let largest = own.length === graph.length ? 0 : Number.MAX_VALUE;
  for (const [i, score] of own.entries()) {
    const difference = Math.abs(score - (graph[i] ?? NaN)) / Math.max(1, Math.abs(score));
    if (!(difference <= largest)) largest = difference < Infinity ? difference : Number.MAX_VALUE;
  }
  return largest;
}
