import { inputError } from '#core/errors.ts';
import type { RandomStream } from '#core/random.ts';

export const partNames = ['train', 'validation', 'test'] as const;
export type PartName = (typeof partNames)[number];

/** Row indexes of each part, ascending; the parts are disjoint and hold every given row. */
export type SplitRows = Readonly<Record<PartName, Int32Array>>;
export type Shares = Readonly<Record<PartName, number>>;

/**
 * Seeded hold-out split.
 * @param rows indexes of the rows to share out
 * @param shares of each part, summing to 1
 * @param classes class index of each entry of `rows`, to keep class shares equal; null for none
 * @throws TerrariumError when a part would be empty
 */
export function splitRows(
  rows: Int32Array,
  shares: Shares,
  classes: Int32Array | null,
  random: RandomStream,
): SplitRows {
  const groups = new Map<number, number[]>();
  for (const [i, row] of rows.entries()) {
    const key = classes?.[i] ?? 0;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const chosen: Record<PartName, number[]> = { train: [], validation: [], test: [] };
  const owed: Record<PartName, number> = { train: 0, validation: 0, test: 0 };
  for (const [, members] of [...groups].sort(([a], [b]) => a - b)) {
    random.shuffle(members);
    const counts = allot(members.length, shares, owed);
    let at = 0;
    for (const part of partNames) {
      chosen[part].push(...members.slice(at, at + counts[part]));
      at += counts[part];
    }
  }
  for (const part of partNames) {
    if (chosen[part].length === 0) {
      throw inputError(
        'empty_part',
        `split.${part}: with ${rows.length} rows and a share of ${shares[part]} the ${part} part has no row.`,
        'Give more rows, or a larger share.',
        { path: `split.${part}` },
      );
    }
  }
  return {
    train: Int32Array.from(chosen.train).sort(),
    validation: Int32Array.from(chosen.validation).sort(),
    test: Int32Array.from(chosen.test).sort(),
  };
}

/**
 * Shares `count` rows of one class out: each part gets its ideal number rounded down or up, the parts
 * that are owed most so far rounded up, and the training part at least one row.
 */
function allot(
  count: number,
  shares: Shares,
  owed: Record<PartName, number>,
): Record<PartName, number> {
  const counts: Record<PartName, number> = { train: 0, validation: 0, test: 0 };
  let left = count;
  for (const part of partNames) {
    const ideal = count * shares[part];
    counts[part] = Math.floor(ideal + 1e-9);
    owed[part] += ideal - counts[part];
    left -= counts[part];
  }
  const byDebt = [...partNames].sort((a, b) => owed[b] - owed[a]);
  for (const part of byDebt.slice(0, left)) {
    counts[part] += 1;
    owed[part] -= 1;
  }
  if (counts.train === 0) {
    const donor = counts.test >= counts.validation ? 'test' : 'validation';
    counts[donor] -= 1;
    owed[donor] += 1;
    counts.train = 1;
    owed.train -= 1;
  }
  return counts;
}
