import { RandomStream } from '#core/random.ts';
import { distinctKeyOrder } from './key-order.ts';
import { partNames, type Shares } from './parts.ts';
import { complementaryFolds, type SplitInput, type SplitMethod } from './split-method.ts';
import { entriesByStratum, strataOf } from './strata.ts';

export const randomSplit: SplitMethod = {
  name: 'random',
  title: 'At random',
  summary: 'Every row is dealt by itself. For rows that have nothing to do with each other.',
  reads: ['stratify', 'key', 'shares'],

  holdOut(input, shares) {
    const partOf = new Int8Array(input.rows.length);
    const owed = [0, 0, 0];
    for (const entries of dealtStrata(input)) {
      const counts = allot(entries.length, shares, owed);
      let at = 0;
      for (const [part, count] of counts.entries()) {
        for (const entry of entries.slice(at, at + count)) partOf[entry] = part;
        at += count;
      }
    }
    return partOf;
  },

  /** Round by round, class after class: of each class and of all rows, folds differ by one row at most. */
  folds(input, count) {
    const foldOf = new Int32Array(input.rows.length);
    for (const [i, entry] of dealtStrata(input).flat().entries()) foldOf[entry] = i % count;
    return complementaryFolds(input.rows, foldOf, count);
  },
};

/** The entries of each stratum, shuffled by the seed or in the order of their key's hash. */
function dealtStrata(input: SplitInput): number[][] {
  const strata = strataOf(input);
  if (input.key !== null) return entriesByStratum(strata, distinctKeyOrder(input));
  const dealt = entriesByStratum(strata, strata.keys());
  const random = new RandomStream(input.seed).fork('split');
  for (const entries of dealt) random.shuffle(entries);
  return dealt;
}

/**
 * Shares `count` rows of one stratum out: each part gets its ideal number rounded down or up, the parts that
 * are owed most so far rounded up, and the training part at least one row.
 * @param owed rows that each part is short of its ideal so far; updated
 */
function allot(count: number, shares: Shares, owed: number[]): number[] {
  const counts = partNames.map((part, at) => {
    const ideal = count * shares[part];
    const rows = Math.floor(ideal + 1e-9);
    owed[at] = (owed[at] ?? 0) + (ideal - rows);
    return rows;
  });
  const give = (part: number, rows: number): void => {
    counts[part] = (counts[part] ?? 0) + rows;
    owed[part] = (owed[part] ?? 0) - rows;
  };
  const left = count - counts.reduce((sum, rows) => sum + rows, 0);
  const byDebt = [...counts.keys()].sort((a, b) => (owed[b] ?? 0) - (owed[a] ?? 0));
  const raised = byDebt.slice(0, left);
  for (const part of raised) give(part, 1);
  if (counts[TRAIN] === 0) {
    give(donor(counts, raised), -1);
    give(TRAIN, 1);
  }
  return counts;
}

/** Who gives the training part its row: a part that was rounded up, so that none is a whole row off; of two the larger. */
function donor(counts: readonly number[], raised: readonly number[]): number {
  const [validation = 0, test = 0] = counts.slice(1);
  if (raised.length === 1) return raised[0] ?? TEST;
  return test >= validation ? TEST : VALIDATION;
}

const [TRAIN, VALIDATION, TEST] = [0, 1, 2];
