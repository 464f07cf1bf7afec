import { inferColumns } from './infer/infer-columns.ts';
import { inferPlainText } from './infer/plain-text-column.ts';
import { withImageColumn } from './read/images/image-column.ts';
import { openFile, type OpenedFile, type ReadProgressOptions } from './read/file-bytes.ts';
import { isLong } from './readings.ts';
import { readerFor } from './read/registry.ts';
import type { Purpose, ReadTable } from './read/reader.ts';
import type { ReadSettings } from './read/settings.ts';
import type { Dataset } from './table.ts';

export interface ReadOptions extends ReadProgressOptions, Purpose {
  /** What a person settled about how the file is read; the rest is found in it. */
  readonly settings?: ReadSettings;
}

/** A file's table before anything is inferred from it. */
export interface ReadFile extends ReadTable {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Reads a file's table, whatever its format, and hashes its bytes.
 * @throws TerrariumError (input) that says where and why a file cannot be read
 */
export async function readTable(
  source: ReadableStream<Uint8Array>,
  name: string,
  options: ReadOptions = {},
): Promise<ReadFile> {
  const { read, finished } = await readCells(source, name, options);
  return { ...read, ...(await finished) };
}

/** A file's table, and its hash, with which another thread may not have come to the end. */
interface ReadCells extends Pick<OpenedFile, 'hashHolds'> {
  readonly read: ReadTable;
  readonly finished: ReturnType<OpenedFile['finish']>;
}

async function readCells(
  source: ReadableStream<Uint8Array>,
  name: string,
  options: ReadOptions,
): Promise<ReadCells> {
  const { settings = {} } = options;
  const file = await openFile(source, options);
  const reader = readerFor(file.head, name, settings);
  const { table, doubts, reading } = await reader.read(file, settings, options);
  const finished = file.finish();
  // Whoever awaits it hears of it.
  finished.catch(() => undefined);
  const { gzip, hashHolds } = file;
  const read = { table, doubts, reading: gzip ? { ...reading, gzip } : reading };
  return { read, hashHolds, finished };
}

/**
 * Reads a file into a data set: its cells, its hash, what each column seems to be, and what is doubtful.
 * Throws as `readTable` does.
 */
export async function readDataset(
  source: ReadableStream<Uint8Array>,
  name: string,
  options: ReadOptions = {},
): Promise<Dataset> {
  const { read, hashHolds, finished } = await readCells(source, name, options);
  const { table, doubts, reading } = read;
  const { settings = {} } = options;
  // The memory of the thread that hashes is needed for long columns.
  if (hashHolds && table.columns.some(isLong)) await finished;
  const inferred = inferredFrom(read, settings);
  const { sha256, bytes } = await finished;
  return {
    table,
    info: {
      name,
      sha256,
      bytes,
      rows: table.rowCount,
      columns: inferred.columns,
      doubts: [...doubts, ...inferred.doubts],
      reading,
      ...(Object.keys(settings).length === 0 ? {} : { settings }),
    },
  };
}

function inferredFrom(
  { table, reading }: Pick<ReadTable, 'table' | 'reading'>,
  settings: ReadSettings,
): ReturnType<typeof inferColumns> {
  if (reading.text !== undefined) return inferPlainText(table, reading.text);
  const { decimal = null, dates = null } = settings;
  const columns = inferColumns(table, { decimal, dates });
  const image = reading.images?.column;
  return image === undefined ? columns : withImageColumn(columns, image, table.rowCount);
}
