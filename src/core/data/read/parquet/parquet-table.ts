import { createCRC32 } from 'hash-wasm';
import type { ColumnMetaData, Compressors, FileMetaData, SchemaElement } from 'hyparquet';
import { inputError } from '#core/errors.ts';
import { startPageMachine } from '#core/kernels/page-kernels.ts';
import { numberCells } from '../../number-cells.ts';
import { DateCells } from '../../plain-dates.ts';
import type { Doubt, Table } from '../../table.ts';
import { columnNames } from '../column-names.ts';
import type { FileBytes } from '../reader.ts';
import { codecsFor, isKnownCodec } from './codecs.ts';
import { ListColumn } from './list-column.ts';
import type { LeafKind } from './leaf-values.ts';
import { asDamage, footerOf, guarded } from './metadata.ts';
import { NumberSink, type NumberKind } from './number-sink.ts';
import { PageMemory } from './page-memory.ts';
import { pagesOf, type Chunk } from './pages.ts';
import { columnsOf, withoutAnnotations, type Column, type Leaf } from './schema.ts';
import type { Sink } from './sink.ts';
import { exactNumbers, numberText, plainTimes } from './stored-numbers.ts';
import { TextSink } from './text-sink.ts';

/** Room is made for this many times a file's bytes at most before they are unpacked. */
const MAX_EXPANSION = 4;

/** What the reading of one file works with. */
export interface Tools {
  readonly crc32: (bytes: Uint8Array) => number;
  readonly memory: PageMemory;
}

export async function startTools(): Promise<Tools> {
  const [crc, machine] = await Promise.all([createCRC32(), startPageMachine()]);
  return {
    crc32: (bytes) => parseInt(crc.init().update(bytes).digest(), 16),
    memory: new PageMemory(machine),
  };
}

/**
 * Reads a Parquet file row group by row group, column by column; a cancel is heard in between.
 * @throws TerrariumError that names what is damaged, and in which column
 */
export async function parquetTable(
  bytes: Uint8Array<ArrayBuffer>,
  file: Pick<FileBytes, 'breathe' | 'rowsRead'>,
  { crc32, memory }: Tools,
): Promise<{ table: Table; doubts: readonly Doubt[] }> {
  const metadata = footerOf(bytes);
  const columns = guarded(() => columnsOf(metadata));
  const named = columnNames(
    columns.map(({ name }) => name),
    'The file',
  );
  const rowCount = Number(metadata.num_rows);
  if (rowCount === 0 || columns.length === 0) throw empty(columns.length);
  const codecs = { ...(await codecsFor(metadata)), SNAPPY: memory.unpackSnappy };
  const reading = { bytes, metadata, bare: withoutAnnotations(metadata), codecs, crc32, memory };
  const readers = columns.map((column) => new ColumnReader(reading, column, rowCount));
  let from = 0;
  for (const [group, { num_rows: rows }] of metadata.row_groups.entries()) {
    const to = from + Number(rows);
    for (const reader of readers) {
      await reader.read(group, { from, to });
      await file.breathe();
    }
    from = to;
    file.rowsRead(to);
  }
  const cells = readers.map((reader) => reader.finish());
  return {
    table: { names: named.names, columns: cells, rowCount },
    doubts: [...named.doubts, ...listDoubts(columns)],
  };
}

interface Reading extends Tools {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly metadata: FileMetaData;
  readonly bare: FileMetaData;
  readonly codecs: Compressors;
}

class ColumnReader {
  readonly #file: Reading;
  readonly #column: Column;
  readonly #sink: Sink | null;
  readonly #list: ListColumn | null;

  constructor(file: Reading, column: Column, rows: number) {
    this.#file = file;
    this.#column = column;
    const [leaf] = column.leaves;
    this.#list = column.list === null ? null : new ListColumn(column.list);
    this.#sink = column.list === null && leaf !== undefined ? sinkFor(leaf, rows, file) : null;
  }

  async read(group: number, rows: { from: number; to: number }): Promise<void> {
    const { bytes, bare, codecs } = this.#file;
    try {
      for (const leaf of this.#column.leaves) this.#readLeaf(leaf, group, rows.to - rows.from);
      await this.#list?.read(bytes, bare, lasting(codecs), rows);
    } catch (thrown) {
      throw asDamage(thrown, this.#column.name);
    }
  }

  finish() {
    const cells = this.#sink?.finish() ?? this.#list?.finish();
    if (cells === undefined) throw new RangeError(`column ${this.#column.name} has no leaf`);
    return cells;
  }

  #readLeaf(leaf: Leaf, group: number, rows: number): void {
    const chunk = chunkOf(this.#file, leaf, group);
    if (leaf.repetitionLevel === 0 && chunk.values !== rows) {
      throw new RangeError('it has not the rows that the file has');
    }
    const sink = this.#sink;
    for (const page of pagesOf(chunk, (values) => sink?.dictionary(values))) sink?.add(page);
  }
}

/** Codecs whose pages stay valid when the next one is unpacked. */
function lasting({ SNAPPY, ...others }: Compressors): Compressors {
  return SNAPPY === undefined
    ? others
    : { ...others, SNAPPY: (packed, size) => SNAPPY(packed, size).slice() };
}

/** Bytes of a column's values, unpacked, by the file's metadata: no more than a file of this size may well hold. */
function expectedBytes({ bytes, metadata }: Reading, leaf: Leaf): number {
  const sizes = metadata.row_groups.map((_, group) =>
    Number(chunkMetadata(metadata, leaf, group)?.total_uncompressed_size ?? 0),
  );
  const total = sizes.reduce((sum, size) => sum + Math.max(0, size), 0);
  return Math.min(total, MAX_EXPANSION * bytes.length);
}

function chunkMetadata(
  { row_groups: groups }: FileMetaData,
  leaf: Leaf,
  group: number,
): ColumnMetaData | undefined {
  const wanted = leaf.path.join('\0');
  return groups[group]?.columns.find(
    ({ meta_data: one }) => one?.path_in_schema.join('\0') === wanted,
  )?.meta_data;
}

function sinkFor(leaf: Leaf, rows: number, file: Reading): Sink {
  const { element, kind, definitionLevel } = leaf;
  const { memory } = file;
  if (kind.as === 'text') {
    return new TextSink(kind.text, definitionLevel, rows, expectedBytes(file, leaf));
  }
  return new NumberSink(
    kind.as === 'time' ? timeKind(kind, memory) : numberKind(element, kind, memory),
    definitionLevel,
    rows,
  );
}

function numberKind(
  { type = 'DOUBLE' }: SchemaElement,
  { unsigned }: LeafKind & { readonly as: 'number' },
  memory: PageMemory,
): NumberKind {
  const stored = { type, unsigned };
  return {
    numbers: (values) => exactNumbers(values, stored, memory),
    text: (value) => numberText(value, stored),
    cells: numberCells,
  };
}

function timeKind(
  { form, unit, text }: LeafKind & { readonly as: 'time' },
  memory: PageMemory,
): NumberKind {
  return {
    numbers: (values) => plainTimes(values, unit, memory),
    text,
    cells: (times) => new DateCells(times, form),
  };
}

function chunkOf(
  { bytes, metadata, codecs, crc32, memory }: Reading,
  leaf: Leaf,
  group: number,
): Chunk {
  const meta = chunkMetadata(metadata, leaf, group);
  if (meta === undefined) throw new RangeError('a row group does not have it');
  if (meta.type !== leaf.element.type) throw new RangeError('its type is not that of the schema');
  const begin = Number(meta.dictionary_page_offset || meta.data_page_offset);
  return {
    bytes: bytes.subarray(begin, begin + Number(meta.total_compressed_size)),
    values: Number(meta.num_values),
    storage: {
      type: meta.type,
      typeLength: leaf.element.type_length,
      codec: codecOf(meta, leaf),
      memory,
    },
    definitionLevel: leaf.definitionLevel,
    repetitionLevel: leaf.repetitionLevel,
    compressors: codecs,
    crc32,
  };
}

function codecOf({ codec }: ColumnMetaData, leaf: Leaf): ColumnMetaData['codec'] {
  const name = codec as string | undefined;
  if (name !== undefined && isKnownCodec(name)) return codec;
  const column = leaf.path.join('.');
  throw inputError(
    'parquet_codec',
    `Column "${column}" is compressed with ${name ?? 'a method that is not known'}, which cannot be read.`,
    'Write the file with Snappy, Zstandard, gzip, Brotli, LZ4 or without compression.',
    { column },
  );
}

function listDoubts(columns: readonly Column[]): Doubt[] {
  return columns.flatMap(({ name, list }) =>
    list === null
      ? []
      : [{ column: name, message: `Column "${name}" holds lists; they are kept as JSON text.` }],
  );
}

function empty(columns: number): Error {
  const what = columns === 0 ? 'no columns' : `${columns} columns and no rows`;
  return inputError(
    'no_rows',
    `The file has ${what}.`,
    'Open a Parquet file with at least one row of data.',
  );
}
