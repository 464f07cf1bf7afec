import type { FileMetaData } from 'hyparquet';
import { parquetMetadata } from 'hyparquet/src/metadata.js';
import { inputError, TerrariumError } from '#core/errors.ts';
import { thriftEnd } from './thrift-bounds.ts';

const MAGIC = 'PAR1';
/** A table that fits a page's memory has fewer. */
const MAX_CELLS = 1_000_000_000;
/** Below this many cells, how little they take in the file says nothing. */
const HARMLESS_CELLS = 50_000_000;
const MAX_CELLS_PER_BYTE = 10_000;

/**
 * The footer of a Parquet file, its sizes held against the file's.
 * @throws TerrariumError where the file is cut, damaged or encrypted, or would fill any memory
 */
export function footerOf(bytes: Uint8Array): FileMetaData {
  const [first, last] = [magicAt(bytes, 0), magicAt(bytes, bytes.length - 4)];
  if (first === 'PARE' || last === 'PARE') throw encrypted();
  if (bytes.length < 12 || last !== MAGIC) {
    throw inputError(
      'parquet_cut',
      'The file begins like Parquet and does not end like it: it was probably cut off.',
      'Download or write the file again.',
    );
  }
  if (first !== MAGIC) throw damaged('it does not begin like one');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(bytes.length - 8, true);
  const start = bytes.length - 8 - length;
  if (start < 4) throw damaged('its footer is longer than the file');
  const metadata = guarded(() => {
    if (thriftEnd(view, start) > bytes.length - 8) throw new RangeError('its footer never ends');
    return parquetMetadata(bytes, { geoparquet: false });
  });
  guarded(() => checkSizes(metadata, bytes.length));
  return metadata;
}

function checkSizes({ schema, row_groups: groups, num_rows: rows }: FileMetaData, length: number) {
  const leaves = schema.filter(({ type }) => type !== undefined).length;
  let sum = 0;
  for (const { columns, num_rows: groupRows } of groups) {
    if (groupRows < 0n || columns.length !== leaves)
      throw new RangeError('its footer contradicts itself');
    sum += Number(groupRows);
    for (const { meta_data: meta, file_path: path, crypto_metadata: crypto } of columns) {
      if (crypto !== undefined) throw encrypted();
      if (path !== undefined || meta === undefined) {
        throw new RangeError('its columns are in other files');
      }
      const begin = Number(meta.dictionary_page_offset || meta.data_page_offset);
      const end = begin + Number(meta.total_compressed_size);
      if (!(begin >= 4 && end >= begin && end <= length) || !(meta.num_values >= 0n)) {
        throw new RangeError('its footer points outside the file');
      }
    }
  }
  if (sum !== Number(rows)) throw new RangeError('its footer contradicts itself');
  const cells = sum * leaves;
  if (cells > MAX_CELLS || (cells > HARMLESS_CELLS && cells > length * MAX_CELLS_PER_BYTE)) {
    throw inputError(
      'parquet_too_large',
      `The Parquet file of ${length} bytes says that it holds ${sum} rows of ${leaves} columns, more than can be read.`,
      'Write fewer rows or columns into one file.',
      { rows: sum, columns: leaves },
    );
  }
}

/** Runs a step of decoding; whatever it throws that is not ours means that the bytes are damaged. */
export function guarded<T>(step: () => T, column?: string): T {
  try {
    return step();
  } catch (thrown) {
    throw asDamage(thrown, column);
  }
}

export function asDamage(thrown: unknown, column?: string): TerrariumError {
  if (thrown instanceof TerrariumError) return thrown;
  return damaged(
    thrown instanceof RangeError && isSentence(thrown) ? thrown.message : null,
    column,
  );
}

/** Our own reasons are written to be read; the engine's and the decoders' are not. */
function isSentence({ message }: Error): boolean {
  return /^(its?|a|an|the|levels|values|fields|texts) /.test(message);
}

function damaged(why: string | null, column?: string): TerrariumError {
  const what = column === undefined ? 'The Parquet file' : `Column "${column}" of the Parquet file`;
  return inputError(
    'parquet_damaged',
    `${what} cannot be decoded: ${why ?? 'its bytes contradict themselves'}.`,
    'Download or write the file again.',
    column === undefined ? {} : { column },
  );
}

function encrypted(): TerrariumError {
  return inputError(
    'parquet_encrypted',
    'The Parquet file is encrypted.',
    'Write it without encryption: nothing leaves this machine.',
  );
}

function magicAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(Math.max(0, at), Math.max(0, at) + 4));
}
