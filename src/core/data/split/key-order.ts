import { murmurHash } from './murmur-hash.ts';
import { presentTexts, rowOf, splitRefused, type SplitInput } from './split-method.ts';

/**
 * The place of each entry when entries stand in the order of their key's hash under the run's seed, equal
 * hashes in the order of their texts. Equal keys share a place; the order of the rows plays no part.
 * @throws TerrariumError where a row has no key
 */
export function keyPlaces(input: SplitInput): Int32Array {
  const texts = presentTexts(input, 'key');
  const hashes = Float64Array.from(texts, (text) => murmurHash(text, input.seed));
  const order = Int32Array.from(texts.keys()).sort(
    (a, b) => (hashes[a] ?? 0) - (hashes[b] ?? 0) || byCodeUnit(texts[a] ?? '', texts[b] ?? ''),
  );
  const places = new Int32Array(texts.length);
  for (const [i, entry] of order.entries()) {
    const before = order[i - 1];
    places[entry] =
      before !== undefined && texts[before] === texts[entry] ? (places[before] ?? 0) : i;
  }
  return places;
}

/**
 * The same, where rows are dealt one by one.
 * @throws TerrariumError also where two rows have one key, which only their order could tell apart
 */
export function distinctKeyPlaces(input: SplitInput): Int32Array {
  const places = keyPlaces(input);
  const holder = new Int32Array(places.length).fill(-1);
  for (const [entry, place] of places.entries()) {
    const other = holder[place] ?? -1;
    if (other >= 0) {
      const name = input.key?.name ?? '';
      const rows = [rowOf(input, other), rowOf(input, entry)];
      throw splitRefused(
        'split_key_repeated',
        'split.key',
        `rows ${rows.join(' and ')} have the same value in column "${name}", and only their order could tell them apart.`,
        `Choose a column whose values are all different. To keep rows of one value together, split by group with split.by: ${name}.`,
        { rows, column: name },
      );
    }
    holder[place] = entry;
  }
  return places;
}

export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
