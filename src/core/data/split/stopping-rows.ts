import { RandomStream } from '#core/random.ts';
import { numbered, rowsOfQueries } from '#core/ranking/query-rows.ts';
import { dealGroups } from './deal-groups.ts';
import { rowsDealtTo, type Shares } from './parts.ts';
import { randomSplit } from './random.ts';
import { restrictedTo } from './restrict-input.ts';
import type { SplitInput } from './split-method.ts';

/**
 * Parts a fold's training rows for a model that watches other rows to know when to stop: at random, of each stratum
 * the same share (of a ranking whole queries), in the proportion of the training and the validation part. The fold's test rows decide nothing.
 * @param input of the cross-validation
 * @param train the fold's training rows, ascending
 */
export function stoppingRows(
  input: SplitInput,
  train: Int32Array,
  shares: Shares,
): { readonly train: Int32Array; readonly validation: Int32Array } {
  const rest = shares.train + shares.validation;
  const inner = { train: shares.train / rest, validation: shares.validation / rest, test: 0 };
  const own = { ...restrictedTo(input, train), key: null };
  const dealt =
    own.queries === undefined
      ? randomSplit.holdOut(own, inner)
      : dealtByQuery(own.queries, [inner.train, inner.validation], own.seed);
  const learned = rowsDealtTo(train, dealt, 0);
  const watched = rowsDealtTo(train, dealt, 1);
  // So few rows that each is needed for learning: then there is nothing else to watch.
  return { train: learned, validation: watched.length === 0 ? learned : watched };
}

/** The part of each entry: 0 to learn from, 1 to watch. */
function dealtByQuery(queries: Int32Array, shares: readonly number[], seed: number): Int8Array {
  const members = rowsOfQueries(numbered(queries).numbers).map((rows) => Array.from(rows));
  const strata = new Int32Array(queries.length);
  const order = new RandomStream(seed).fork('split').shuffle(Array.from(members.keys()));
  const partOf = new Int8Array(queries.length);
  const binOf = members.length < 2 ? [] : dealGroups({ members, strata }, order, shares);
  for (const [q, rows] of members.entries()) for (const i of rows) partOf[i] = binOf[q] ?? 0;
  return partOf;
}
