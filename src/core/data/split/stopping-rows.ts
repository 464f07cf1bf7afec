import { rowsDealtTo, type Shares } from './parts.ts';
import { randomSplit } from './random.ts';
import { restrictedTo } from './restrict-input.ts';
import type { SplitInput } from './split-method.ts';

/**
 * Parts a fold's training rows for a model that watches other rows to know when to stop: at random, of each stratum
 * the same share, in the proportion of the training and the validation part. The fold's test rows decide nothing.
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
  const dealt = randomSplit.holdOut({ ...restrictedTo(input, train), key: null }, inner);
  const learned = rowsDealtTo(train, dealt, 0);
  const watched = rowsDealtTo(train, dealt, 1);
  // So few rows that each is needed for learning: then there is nothing else to watch.
  return { train: learned, validation: watched.length === 0 ? learned : watched };
}
