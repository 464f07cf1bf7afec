import { murmurHash } from '#core/murmur-hash.ts';
import { presentTexts, rowOf, splitRefused, type SplitInput } from './split-method.ts';

/** Entries in the order of their keys. */
export interface KeyOrder {
  readonly texts: readonly string[];
  readonly order: Int32Array;
}

/**
 * The entries in the order of their key's hash under the run's seed, equal hashes in the order of their texts:
 * the order of the rows plays no part, but among rows of one key.
 * @throws TerrariumError where a row has no key
 */
export function keyOrder(input: SplitInput): KeyOrder {
  const texts = presentTexts(input, 'key');
  const hashes = Float64Array.from(texts, (text) => murmurHash(text, input.seed));
  const order = Int32Array.from(texts.keys()).sort(
    (a, b) => (hashes[a] ?? 0) - (hashes[b] ?? 0) || byCodeUnit(texts[a] ?? '', texts[b] ?? ''),
  );
  return { texts, order };
}

/**
 * The same, where rows are dealt one by one.
 * @throws TerrariumError also where two rows have one key, which only their order could tell apart
 */
export function distinctKeyOrder(input: SplitInput): Int32Array {
  const { texts, order } = keyOrder(input);
  if (order.every((entry, i) => i === 0 || texts[entry] !== texts[order[i - 1] ?? 0])) return order;
  const rows = firstTwins(texts).map((entry) => rowOf(input, entry));
  const name = input.key?.name ?? '';
  throw splitRefused(
    'split_key_repeated',
    'split.key',
    `rows ${rows.join(' and ')} have the same value in column "${name}", and only their order could tell them apart.`,
    `Choose a column whose values are all different. To keep rows of one value together, split by group with split.by: ${name}.`,
    { rows, column: name },
  );
}

/** The first entry that repeats an earlier one's text, after that one. */
function firstTwins(texts: readonly string[]): readonly number[] {
  const seen = new Map<string, number>();
  for (const [i, text] of texts.entries()) {
    const earlier = seen.get(text);
    if (earlier !== undefined) return [earlier, i];
    seen.set(text, i);
  }
  return [];
}

export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
