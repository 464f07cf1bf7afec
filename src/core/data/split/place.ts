import { partNames } from './parts.ts';
import { complementaryFolds, splitRefused, type SplitMethod } from './split-method.ts';

/** Rows in the order of the data. */
export const placeSplit: SplitMethod = {
  name: 'place',
  title: 'By place',
  summary:
    'The first rows are for training, those behind them for validation, the last for the test. For rows that follow on one another, as in a text.',
  reads: ['shares'],

  holdOut({ rows }, shares) {
    const count = rows.length;
    if (count < partNames.length) throw tooFew(count, partNames.length);
    const first = between(1, Math.round(shares.train * count), count - 2);
    const second = between(
      first + 1,
      Math.round((shares.train + shares.validation) * count),
      count - 1,
    );
    return Int8Array.from(rows, (_, i) => (i < first ? 0 : i < second ? 1 : 2));
  },

  /** Stretches of the data, of which each is a test once; they differ by one row at most. */
  folds({ rows }, count) {
    if (rows.length < count) throw tooFew(rows.length, count);
    const foldOf = Int32Array.from(rows, (_, i) => Math.floor((i * count) / rows.length));
    return complementaryFolds(rows, foldOf, count);
  },
};

function between(least: number, value: number, most: number): number {
  return Math.min(Math.max(least, value), most);
}

function tooFew(rows: number, parts: number): Error {
  return splitRefused(
    'too_few_rows',
    'split',
    `${rows} rows cannot be parted into ${parts}.`,
    'Give more data, or ask for fewer folds.',
    { rows },
  );
}
