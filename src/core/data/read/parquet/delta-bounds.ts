import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { readVarint } from './runs.ts';

/** Most text that the values of one page may make, in bytes. */
const MAX_TEXT = 1 << 30;

/**
 * Checks the block sizes, and for texts all lengths, of values in one of the delta encodings.
 * @throws RangeError where they cannot be those of `count` values
 */
export function checkDeltas(
  bytes: Uint8Array,
  from: number,
  encoding: string,
  count: number,
): void {
  const reader = {
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    offset: from,
  };
  checkBlocks(reader, count);
  if (encoding === 'DELTA_BINARY_PACKED') return;
  const lengths = new Int32Array(count);
  deltaBinaryUnpack(reader, count, lengths);
  let total = sumOf(lengths);
  if (encoding === 'DELTA_BYTE_ARRAY') {
    checkBlocks(reader, count);
    const prefixes = lengths.slice();
    deltaBinaryUnpack(reader, count, lengths);
    for (let i = 0; i < count; i += 1) {
      const before = i === 0 ? 0 : (prefixes[i - 1] ?? 0) + (lengths[i - 1] ?? 0);
      if ((prefixes[i] ?? 0) > before)
        throw new RangeError('a text begins like one that is shorter');
    }
    total += sumOf(lengths);
  }
  if (total > MAX_TEXT) throw new RangeError('the texts of a page are too long');
}

function sumOf(lengths: Int32Array): number {
  let sum = 0;
  for (const length of lengths) {
    if (length < 0) throw new RangeError('a text has a negative length');
    sum += length;
  }
  return sum;
}

function checkBlocks({ view, offset }: { view: DataView; offset: number }, count: number): void {
  const size = readVarint(view, offset);
  const blocks = readVarint(view, size.end);
  const values = readVarint(view, blocks.end);
  const isSound =
    size.value > 0 &&
    size.value <= 1 << 20 &&
    blocks.value > 0 &&
    size.value % (blocks.value * 8) === 0 &&
    values.value === count;
  if (!isSound) throw new RangeError('a block of differences has an impossible size');
}
