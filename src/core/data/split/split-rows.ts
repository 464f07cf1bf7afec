import type { SplitMethodName } from '#core/spec/spec.ts';
import {
  LEFT_OUT,
  partNames,
  rowsDealtTo,
  type Fold,
  type Shares,
  type SplitRows,
} from './parts.ts';
import { refusePartedQueries } from './parted-queries.ts';
import { splitMethodNamed } from './registry.ts';
import { splitRefused, type SplitInput } from './split-method.ts';

export interface Split {
  readonly parts: SplitRows;
  /** Rows in no part, ascending: those in the gap of a split by time. */
  readonly leftOut: Int32Array;
}

/**
 * Seeded hold-out split: the same input gives the same parts on every machine.
 * @throws TerrariumError naming the place in the spec where the split cannot be made: a column that cannot be
 *   read, a part without rows, a class without training rows
 */
export function splitRows(name: SplitMethodName, input: SplitInput, shares: Shares): Split {
  const partOf = splitMethodNamed(name).holdOut(input, shares);
  const rowsIn = (part: number): Int32Array => rowsDealtTo(input.rows, partOf, part);
  for (const [at, part] of partNames.entries()) {
    if (!partOf.includes(at)) {
      throw splitRefused(
        'empty_part',
        `split.${part}`,
        `with ${input.rows.length} rows and a share of ${shares[part]} the ${part} part has no row.`,
        'Give more rows, or a larger share.',
      );
    }
  }
  refusePartedQueries(input, partOf, '');
  const parts = { train: rowsIn(0), validation: rowsIn(1), test: rowsIn(2) };
  refuseUnlearnable(input, parts.train, '');
  return { parts, leftOut: rowsIn(LEFT_OUT) };
}

/**
 * Seeded folds of a cross-validation. Every row is tested in exactly one of them, but in a split by time, where
 * the earliest rows and those in gaps are not.
 * @param count of folds, at least 2
 * @throws TerrariumError as `splitRows` does
 */
export function foldRows(name: SplitMethodName, input: SplitInput, count: number): readonly Fold[] {
  const rows = input.rows.length;
  if (!Number.isInteger(count) || count < 2 || count > rows) {
    throw splitRefused(
      'too_many_folds',
      'split.folds',
      `there must be at least 2 and at most as many as rows (${rows}), and not ${count}.`,
      'Five or ten are usual.',
    );
  }
  const folds = splitMethodNamed(name).folds(input, count);
  for (const [at, { train, test }] of folds.entries()) {
    if (train.length === 0 || test.length === 0) throw emptyFold(input, at, count);
    refusePartedQueries(input, sidesOf(input, test), ` of fold ${at + 1}`);
    refuseUnlearnable(input, train, ` of fold ${at + 1}`);
  }
  return folds;
}

/** 1 for the entries whose rows a fold tests, else 0. */
function sidesOf({ rows }: SplitInput, test: Int32Array): Int8Array {
  const tested = new Set(test);
  return Int8Array.from(rows, (row) => Number(tested.has(row)));
}

function emptyFold({ rows }: SplitInput, at: number, count: number): Error {
  return splitRefused(
    'empty_fold',
    'split.folds',
    `with ${rows.length} rows in ${count} folds, fold ${at + 1} has no row to train on or to test with.`,
    'Ask for fewer folds, or give more rows.',
    { fold: at + 1 },
  );
}

/** A class that no training row has can never be predicted. @param train rows, ascending */
function refuseUnlearnable(
  { target: { classes, values }, rows }: SplitInput,
  train: Int32Array,
  where: string,
): void {
  if (classes === null) return;
  const all = new Int32Array(classes.length);
  const learned = new Int32Array(classes.length);
  let next = 0;
  for (const [entry, row] of rows.entries()) {
    const index = values[entry] ?? 0;
    all[index] = (all[index] ?? 0) + 1;
    if (train[next] !== row) continue;
    learned[index] = (learned[index] ?? 0) + 1;
    next += 1;
  }
  const absent = classes.findIndex((_, index) => (all[index] ?? 0) > 0 && learned[index] === 0);
  const label = classes[absent];
  if (label === undefined) return;
  const own = rows.filter((_, entry) => values[entry] === absent);
  throw splitRefused(
    'class_without_training_row',
    'split',
    `class "${label}" is in none of the training rows${where}, so it cannot be learned; its ${own.length === 1 ? 'one row is' : `${own.length} rows begin with`} row ${(own[0] ?? 0) + 1}.`,
    'Stratify, split another way or with another seed, or list the class among the texts that mean missing in the target.',
    { class: label, rows: Array.from(own.slice(0, 20), (row) => row + 1) },
  );
}
