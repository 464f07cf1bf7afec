import type { Compressors, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import {
  readLevels,
  readPlainValues,
  readValues,
  type Storage,
  type StoredValues,
} from './page-values.ts';
import { thriftEnd } from './thrift-bounds.ts';

/** Past this size, a page that grows by more than that was made to fill a memory. */
const LARGE_PAGE = 64 * 1024 * 1024;
const MAX_GROWTH = 3000;
const MAX_PAGE = 1 << 30;

/** What decoding needs to know of a column chunk. */
export interface Chunk {
  readonly bytes: Uint8Array;
  /** Values it has by the file's metadata, nulls among them. */
  readonly values: number;
  readonly storage: Storage;
  readonly definitionLevel: number;
  readonly repetitionLevel: number;
  readonly compressors: Compressors;
  /** CRC-32 of bytes, unsigned. */
  readonly crc32: (bytes: Uint8Array) => number;
}

export interface Page {
  /** Values, nulls among them. */
  readonly count: number;
  /** The definition level of each value; null where none is missing. */
  readonly levels: Uint8Array | null;
  /** The values that are there, or where they stand in the dictionary. */
  readonly values: StoredValues;
  readonly isIndices: boolean;
}

/**
 * The pages of a column chunk, checked before they are decoded: sizes, checksums where there are any, runs and
 * indices.
 * @param onDictionary is handed the values of the dictionary
 * @throws RangeError that says what is wrong
 */
export function* pagesOf(
  chunk: Chunk,
  onDictionary: (values: StoredValues) => void,
): Generator<Page> {
  const { bytes } = chunk;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let left = chunk.values;
  let dictionary = 0;
  while (left > 0) {
    const reader = { view, offset: at };
    const bodyAt = thriftEnd(view, at);
    const header = parquetHeader(reader);
    const body = bodyOf(chunk, header, bodyAt);
    at = bodyAt + header.compressed_page_size;
    if (header.type === 'DICTIONARY_PAGE') {
      const values = dictionaryValues(chunk, header, body);
      dictionary = values.length;
      onDictionary(values);
    } else if (header.type === 'DATA_PAGE' || header.type === 'DATA_PAGE_V2') {
      const page = dataPage(chunk, header, body, { left, dictionary });
      left -= page.count;
      yield page;
    } else if ((header.type as string | undefined) !== 'INDEX_PAGE') {
      throw new RangeError('it has a page of an unknown kind');
    }
  }
}

function bodyOf(chunk: Chunk, header: PageHeader, from: number): Uint8Array {
  const { compressed_page_size: packed, uncompressed_page_size: size } = header;
  if (!isCount(packed, chunk.bytes.length - from) || !isCount(size, Infinity)) {
    throw new RangeError('a page is longer than its column');
  }
  if (size > MAX_PAGE || (size > LARGE_PAGE && size > packed * MAX_GROWTH)) {
    throw new RangeError('a page unpacks to a size that no table needs');
  }
  const body = chunk.bytes.subarray(from, from + packed);
  const { crc } = header as { crc?: number };
  if (crc !== undefined && crc >>> 0 !== chunk.crc32(body)) {
    throw new RangeError('the checksum of a page does not match its bytes');
  }
  return body;
}

function dictionaryValues(chunk: Chunk, header: PageHeader, body: Uint8Array): StoredValues {
  const count = header.dictionary_page_header?.num_values ?? -1;
  const { codec } = chunk.storage;
  const page = unpack(body, header.uncompressed_page_size, codec, chunk.compressors);
  if (!isCount(count, page.length * 8)) throw new RangeError('a dictionary has no length');
  // It is needed for longer than its page.
  const isLent = chunk.storage.memory?.holds(page) === true;
  return readPlainValues(isLent ? page.slice() : page, 0, count, chunk.storage);
}

/** @param values that the chunk has yet to give, and those that its dictionary has */
function dataPage(
  chunk: Chunk,
  header: PageHeader,
  body: Uint8Array,
  { left, dictionary }: { readonly left: number; readonly dictionary: number },
): Page {
  const { definitionLevel, repetitionLevel, storage } = chunk;
  const head = header.data_page_header ?? header.data_page_header_v2;
  if (head === undefined) throw new RangeError('a page has no header');
  const { num_values: count, encoding } = head;
  if (!isCount(count, left)) throw new RangeError('a page has more values than its column');
  const { levels, values: packed } = unpacked(chunk, header, body);
  const repetitions = readLevels(levels, 0, repetitionLevel, count);
  const definitions = readLevels(levels, repetitions.end, definitionLevel, count);
  const present = countOf(definitions.levels, definitionLevel, count);
  const from = packed === levels ? definitions.end : 0;
  const values = readValues(packed, { from, count: present, encoding, storage, dictionary });
  return {
    count,
    levels: present === count ? null : definitions.levels,
    values,
    isIndices: encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY',
  };
}

/** The levels, each with its length before it, and the values: in the first version of pages, one piece. */
function unpacked(
  { storage: { codec }, compressors, repetitionLevel, definitionLevel }: Chunk,
  header: PageHeader,
  body: Uint8Array,
): { levels: Uint8Array; values: Uint8Array } {
  const size = header.uncompressed_page_size;
  const v2 = header.data_page_header_v2;
  if (v2 === undefined) {
    const page = unpack(body, size, codec, compressors);
    return { levels: page, values: page };
  }
  const repetition = v2.repetition_levels_byte_length;
  const both = repetition + v2.definition_levels_byte_length;
  if (!isCount(repetition, both) || !isCount(both, Math.min(body.length, size))) {
    throw new RangeError('the levels of a page are longer than the page');
  }
  const packed = body.subarray(both);
  const isPacked = v2.is_compressed !== false && packed.length > 0;
  const values = isPacked ? unpack(packed, size - both, codec, compressors) : packed;
  const levels = [
    ...(repetitionLevel > 0 ? withLength(body.subarray(0, repetition)) : []),
    ...(definitionLevel > 0 ? withLength(body.subarray(repetition, both)) : []),
  ];
  return { levels: joined(levels), values };
}

function unpack(
  ...[packed, size, codec, compressors]: Parameters<typeof decompressPage>
): Uint8Array {
  // Nothing, compressed, is a byte or two that some decoders take for damage.
  return size === 0 ? new Uint8Array(0) : decompressPage(packed, size, codec, compressors);
}

function withLength(levels: Uint8Array): Uint8Array[] {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, levels.length, true);
  return [length, levels];
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Whether a header gives a number at all, and one that can be. */
function isCount(value: number | undefined, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
}

function countOf(levels: Uint8Array | null, wanted: number, all: number): number {
  if (levels === null) return all;
  let count = 0;
  for (let i = 0; i < all; i += 1) if (levels[i] === wanted) count += 1;
  return count;
}
