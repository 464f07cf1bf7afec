import { RandomStream } from '#core/random.ts';
import { dealGroups, type Groups } from './deal-groups.ts';
import { byCodeUnit, keyOrder } from './key-order.ts';
import { partNames } from './parts.ts';
import {
  columnOf,
  complementaryFolds,
  presentTexts,
  splitRefused,
  type SplitInput,
  type SplitMethod,
} from './split-method.ts';
import { strataOf } from './strata.ts';

export const groupSplit: SplitMethod = {
  name: 'group',
  title: 'By group',
  summary:
    'All rows of a group stay on one side. For several rows of one patient, machine, shop or author.',
  reads: ['by', 'stratify', 'key', 'shares'],
  by: { title: 'Group column', help: 'Rows with the same value in it are one group.' },

  /** Groups are dealt in a random order, so that large and small ones have the same chance of each part. */
  holdOut(input, shares) {
    const groups = groupsOf(input, partNames.length, 'parts');
    const partOf = dealGroups(
      groups,
      dealingOrder(groups, input),
      partNames.map((part) => shares[part]),
    );
    return Int8Array.from(entryBins(groups, partOf));
  },

  /** The largest groups first, as in scikit-learn's GroupKFold: every group is tested once, wherever it falls. */
  folds(input, count) {
    const groups = groupsOf(input, count, 'folds');
    const sizeOf = (group: number): number => groups.members[group]?.length ?? 0;
    const order = dealingOrder(groups, input).sort((a, b) => sizeOf(b) - sizeOf(a));
    const shares = Array.from({ length: count }, () => 1 / count);
    const foldOf = entryBins(groups, dealGroups(groups, order, shares));
    return complementaryFolds(input.rows, foldOf, count);
  },
};

/** The groups in the order of their texts, so that the order of the rows plays no part. */
function groupsOf(input: SplitInput, atLeast: number, what: string): Groups {
  const texts = presentTexts(input, 'by');
  const byText = new Map<string, number[]>();
  for (const [i, text] of texts.entries()) {
    const entries = byText.get(text);
    if (entries === undefined) byText.set(text, [i]);
    else entries.push(i);
  }
  if (byText.size < atLeast) {
    const { name } = columnOf(input, 'by');
    const count = byText.size === 1 ? '1 group' : `${byText.size} groups`;
    throw splitRefused(
      'too_few_groups',
      'split.by',
      `column "${name}" has ${count}, and ${atLeast} ${what} need at least one each.`,
      'Choose a column with more values, or split another way.',
      { column: name, groups: byText.size },
    );
  }
  const members = [...byText].sort(([a], [b]) => byCodeUnit(a, b)).map(([, entries]) => entries);
  return { members, strata: strataOf(input) };
}

/** All groups: shuffled by the seed, or where the first of their rows' keys stands. */
function dealingOrder({ members }: Groups, input: SplitInput): number[] {
  const all = Array.from(members.keys());
  if (input.key === null) return new RandomStream(input.seed).fork('split').shuffle(all);
  const { texts, order } = keyOrder(input);
  const places = new Int32Array(order.length);
  for (const [i, entry] of order.entries()) {
    const before = order[i - 1];
    const isSameKey = before !== undefined && texts[before] === texts[entry];
    places[entry] = isSameKey ? (places[before] ?? 0) : i;
  }
  const first = members.map((entries) =>
    entries.reduce((least, entry) => Math.min(least, places[entry] ?? 0), Infinity),
  );
  return all.sort((a, b) => (first[a] ?? 0) - (first[b] ?? 0));
}

/** The bin of each entry, from the bin of each group. */
function entryBins({ members, strata }: Groups, binOf: Int32Array): Int32Array {
  const bins = new Int32Array(strata.length);
  for (const [group, entries] of members.entries()) {
    for (const entry of entries) bins[entry] = binOf[group] ?? 0;
  }
  return bins;
}
