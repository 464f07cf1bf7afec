import type { Detector } from '../detector.ts';
import { firstOfSame, pairsByChance } from '../row-groups.ts';
import { counted, percent, shownRows } from '../wording.ts';

const CHANCE_FACTOR = 10;
/** From this share of the test rows on the test's figures move. */
const SEVERE_SHARE = 0.01;

/** Test rows whose inputs a training row has as well. */
export const sharedRows: Detector = {
  codes: ['rows_in_train_and_test'],
  async detect({ info, columns, identifiers, split, spec, rows, breather }) {
    // Images are told apart by what they show.
    if (info.reading.images !== undefined) return [];
    const inputs = columns.filter(({ isInput, name }) => isInput && !identifiers.has(name));
    if (split === null || inputs.length === 0) return [];
    const first = await firstOfSame(inputs, rows, breather);
    const trained = new Set<number>();
    const trainRows = new Map<number, number>();
    for (const row of split.parts.train) {
      const origin = first[row] ?? row;
      trained.add(origin);
      trainRows.set(origin, (trainRows.get(origin) ?? 0) + 1);
    }
    const shared = split.parts.test.filter((row) => trained.has(first[row] ?? row));
    if (shared.length === 0) return [];
    const pairs = shared.reduce((sum, row) => sum + (trainRows.get(first[row] ?? row) ?? 0), 0);
    const { train, test } = split.parts;
    const byChance =
      (pairsByChance(inputs, first) * train.length * test.length * 2) / (rows * (rows - 1));
    const isChance = pairs <= CHANCE_FACTOR * byChance;
    const isLarge = shared.length >= SEVERE_SHARE * test.length;
    const isSettled = spec !== null && spec.rows.duplicates !== 'keep';
    return [
      {
        code: 'rows_in_train_and_test' as const,
        severity: isChance
          ? ('note' as const)
          : isLarge
            ? ('severe' as const)
            : ('warning' as const),
        columns: [],
        message: `${counted(shared.length, 'test row')} (${percent(shared.length, test.length)}) ${shared.length === 1 ? 'has' : 'have'} the same inputs as a training row${isChance ? '; with so few distinct values that is chance' : ''}.`,
        why: 'What was learned by heart looks like skill there, so the test says too much good of the model.',
        count: shared.length,
        rows: shownRows(shared),
        remedies:
          isSettled || isChance
            ? []
            : [
                {
                  label: 'Drop repeated rows',
                  changes: [{ path: 'rows.duplicates', value: 'drop' }],
                },
              ],
      },
    ];
  },
};
