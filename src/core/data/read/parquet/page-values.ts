import type { CompressionCodec, DecodedArray, ParquetType } from 'hyparquet';
import { deltaBinaryUnpack, deltaByteArray, deltaLengthByteArray } from 'hyparquet/src/delta.js';
import { byteStreamSplit } from 'hyparquet/src/encoding.js';
import { readPlain } from 'hyparquet/src/plain.js';
import { readVarInt } from 'hyparquet/src/thrift.js';
import type { PageMemory } from './page-memory.ts';
import { PackedTexts } from './packed-texts.ts';
import { checkDeltas } from './delta-bounds.ts';
import { readRuns } from './runs.ts';

const widths: Readonly<Record<string, number>> = {
  INT32: 4,
  INT64: 8,
  INT96: 12,
  FLOAT: 4,
  DOUBLE: 8,
};

/** The values of a page or a dictionary. */
export type StoredValues = DecodedArray | PackedTexts;

/** How the values of a column chunk are stored. */
export interface Storage {
  readonly type: ParquetType;
  /** Bytes of each value, where the type has a fixed length. */
  readonly typeLength: number | undefined;
  readonly codec: CompressionCodec;
  /** Where its pages are unpacked, where a kernel does that. */
  readonly memory?: PageMemory;
}

/**
 * Reads levels, which have their length before them.
 * @param highest level that there is; 0 where none are written
 */
export function readLevels(
  page: Uint8Array,
  from: number,
  highest: number,
  count: number,
): { readonly levels: Uint8Array | null; readonly end: number } {
  if (highest === 0) return { levels: null, end: from };
  const view = viewOf(page);
  const length = view.getUint32(from, true);
  const end = from + 4 + length;
  if (end > page.length) throw new RangeError('the levels of a page are longer than the page');
  const width = 32 - Math.clz32(highest);
  if (isOneRun(view, { from: from + 4, to: end, count, value: highest })) {
    return { levels: null, end };
  }
  const levels = new Uint8Array(count);
  if (readRuns(page, { from: from + 4, to: end, width }, levels) > highest) {
    throw new RangeError('a level is too high');
  }
  return { levels, end };
}

/** Whether levels are one value, over and over: what is written where nothing is missing. */
function isOneRun(
  view: DataView,
  { from, to, count, value }: { from: number; to: number; count: number; value: number },
): boolean {
  const reader = { view, offset: from };
  if (to - from < 2 || to - from > 6) return false;
  return readVarInt(reader) === count * 2 && view.getUint8(reader.offset) === value;
}

/**
 * Reads a page's values, or their places in the dictionary.
 * @throws RangeError where the bytes cannot hold them
 */
export function readValues(
  page: Uint8Array,
  given: {
    from: number;
    count: number;
    encoding: string;
    storage: Storage;
    /** Values in the dictionary; none where there is no dictionary. */
    dictionary: number;
  },
): StoredValues {
  const { from, count, encoding, storage } = given;
  const { type, typeLength } = storage;
  if (count === 0) return [];
  const reader = { view: viewOf(page), offset: from };
  switch (encoding) {
    case 'PLAIN':
      return readPlainValues(page, from, count, storage);
    case 'PLAIN_DICTIONARY':
    case 'RLE_DICTIONARY':
      return readIndices(page, from, count, given);
    case 'RLE': {
      if (type !== 'BOOLEAN') break;
      const flags = new Uint8Array(count);
      readRuns(page, { from: from + 4, to: page.length, width: 1 }, flags);
      return flags;
    }
    case 'BYTE_STREAM_SPLIT':
      checkPlain(page.length - from, storage, count);
      return byteStreamSplit(reader, count, type, typeLength);
    case 'DELTA_BINARY_PACKED':
    case 'DELTA_LENGTH_BYTE_ARRAY':
    case 'DELTA_BYTE_ARRAY':
      checkDeltas(page, from, encoding, count);
      return readDeltas(reader, given);
  }
  throw new RangeError('its values are stored in an encoding that cannot be read');
}

/** Values one behind the other, as dictionaries have them, too. @throws RangeError where the bytes cannot hold them */
export function readPlainValues(
  page: Uint8Array,
  from: number,
  count: number,
  storage: Storage,
): StoredValues {
  checkPlain(page.length - from, storage, count);
  const { type, typeLength, memory } = storage;
  const holder = memory?.holds(page) === true ? memory : null;
  if (type === 'BYTE_ARRAY') return new PackedTexts(page, from, count, holder);
  const offset = holder === null ? from : aligned(page, from);
  return readPlain({ view: viewOf(page), offset }, type, count, typeLength);
}

/** Moves what begins at `from` to where numbers of eight bytes may stand, over what was read before. */
function aligned(page: Uint8Array, from: number): number {
  const to = from - (from % 8);
  if (to < from) page.copyWithin(to, from);
  return to;
}

/** @throws RangeError where the bytes are too few for so many values of a fixed width */
function checkPlain(bytes: number, { type, typeLength }: Storage, count: number): void {
  const width = type === 'FIXED_LEN_BYTE_ARRAY' ? (typeLength ?? 0) : (widths[type] ?? 0);
  const least = type === 'BOOLEAN' ? count / 8 : type === 'BYTE_ARRAY' ? count * 4 : count * width;
  if (count < 0 || least > bytes) throw new RangeError('a page is too short for its values');
}

function readIndices(
  page: Uint8Array,
  from: number,
  count: number,
  { dictionary, storage: { memory } }: { dictionary: number; storage: Storage },
): DecodedArray {
  const width = page[from] ?? 0;
  const indices = memory?.numbers(count) ?? new Uint32Array(count);
  const runs = { from: from + 1, to: page.length, width, memory: memory ?? null };
  const highest = width === 0 ? 0 : readRuns(page, runs, indices);
  // It would be read as a missing value.
  if (highest >= dictionary) throw new RangeError('a value points past its dictionary');
  return indices;
}

function readDeltas(
  reader: { view: DataView; offset: number },
  { count, encoding, storage }: { count: number; encoding: string; storage: Storage },
): DecodedArray {
  if (encoding === 'DELTA_BINARY_PACKED') {
    const numbers = storage.type === 'INT32' ? new Int32Array(count) : new BigInt64Array(count);
    deltaBinaryUnpack(reader, count, numbers);
    return numbers;
  }
  const texts = new Array<Uint8Array>(count);
  if (encoding === 'DELTA_BYTE_ARRAY') deltaByteArray(reader, count, texts);
  else deltaLengthByteArray(reader, count, texts);
  return texts;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
