import type { PageMemory } from './page-memory.ts';

/** Where runs stand in a page, and how many bits a value has. */
interface Runs {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  /** Where the page was unpacked, if a kernel did that. */
  readonly memory?: PageMemory | null;
}

/**
 * Reads runs of levels or dictionary indices (Parquet's RLE/bit-packed hybrid) until `values` is full. The library's
 * own reading goes bit by bit, and takes a damaged length at its word.
 * @returns the highest value
 * @throws RangeError where runs hold more values than that, or fewer
 */
export function readRuns(
  bytes: Uint8Array,
  { from, to, width, memory = null }: Runs,
  values: Uint8Array | Uint32Array,
): number {
  if (width > 32) throw new RangeError('values are wider than 32 bits');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kernel = memory?.holds(bytes) === true ? memory : null;
  let at = from;
  let done = 0;
  let highest = 0;
  while (done < values.length) {
    if (at >= to) throw new RangeError('levels or indices end too early');
    const head = readVarint(view, at);
    at = head.end;
    const length = Math.floor(head.value / 2);
    const isPacked = head.value % 2 === 1;
    const count = isPacked ? length * 8 : length;
    const left = values.length - done;
    // Bit-packed runs are filled up to whole groups of eight.
    if (count === 0 || count > left + (isPacked ? 511 : 0)) {
      throw new RangeError('a run has more values than its page');
    }
    const run = values.subarray(done, done + count);
    highest = Math.max(
      highest,
      isPacked
        ? (kernel?.unpackBits(bytes, at, width, run) ?? unpack(view, at, width, run))
        : repeat(view, at, width, run),
    );
    at += isPacked ? length * width : (width + 7) >> 3;
    done += count;
  }
  if (at > to && to === bytes.length) throw new RangeError('levels or indices end too early');
  return highest;
}

/** One value, over and over. */
function repeat(
  view: DataView,
  from: number,
  width: number,
  values: Uint8Array | Uint32Array,
): number {
  const value = wordAt(view, from, (width + 7) >> 3);
  values.fill(value);
  return value;
}

/**
 * Values packed without gaps, the lowest bits first: eight take as many bytes as one has bits.
 * @returns the highest of them
 */
function unpack(
  view: DataView,
  from: number,
  width: number,
  values: Uint8Array | Uint32Array,
): number {
  const mask = width === 32 ? -1 : (1 << width) - 1;
  let highest = 0;
  const whole = view.byteLength - 5;
  for (let i = 0; i < values.length; i += 1) {
    const bit = (i & 7) * width;
    const at = from + (i >>> 3) * width + (bit >>> 3);
    const shift = bit & 7;
    let value = (at <= whole ? view.getUint32(at, true) : wordAt(view, at, 4)) >>> shift;
    if (shift + width > 32) value |= byteAt(view, at + 4) << (32 - shift);
    value = (value & mask) >>> 0;
    if (value > highest) highest = value;
    values[i] = value;
  }
  return highest;
}

/** Up to four bytes as one number, the lowest first; 0 for those behind the end. */
function wordAt(view: DataView, at: number, bytes: number): number {
  let word = 0;
  for (let i = 0; i < bytes; i += 1) word |= byteAt(view, at + i) << (8 * i);
  return word >>> 0;
}

function byteAt(view: DataView, at: number): number {
  return at < view.byteLength ? view.getUint8(at) : 0;
}

export function readVarint(view: DataView, start: number): { value: number; end: number } {
  let value = 0;
  for (let i = 0, scale = 1; i < 5; i += 1, scale *= 128) {
    const byte = view.getUint8(start + i);
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, end: start + i + 1 };
  }
  throw new RangeError('a number has too many bytes');
}
