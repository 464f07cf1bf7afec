import type { Cells } from '#core/data/cells.ts';
import { readDataset } from '#core/data/dataset.ts';
import type { ColumnSchema, Dataset } from '#core/data/table.ts';

const encoder = new TextEncoder();

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Bytes as a stream, cut before each of the given offsets (in order; equal offsets give empty chunks). */
export function streamOf(
  bytes: Uint8Array,
  cuts: readonly number[] = [],
): ReadableStream<Uint8Array> {
  const edges = [0, ...cuts, bytes.length];
  let next = 1;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (next >= edges.length) {
        controller.close();
        return;
      }
      controller.enqueue(bytes.slice(edges[next - 1], edges[next]));
      next += 1;
    },
  });
}

/** Offsets that cut `length` bytes into pieces of `size`. */
export function everyBytes(size: number, length: number): number[] {
  return Array.from({ length: Math.ceil(length / size) - 1 }, (_, i) => (i + 1) * size);
}

export async function readBytes(bytes: Uint8Array, cuts?: readonly number[]): Promise<Dataset> {
  return readDataset(streamOf(bytes, cuts), 'table.csv');
}

export async function readText(text: string, cuts?: readonly number[]): Promise<Dataset> {
  return readBytes(utf8(text), cuts);
}

export interface CsvStyle {
  readonly delimiter?: string;
  readonly newline?: string;
  /** Quote every field, or only those that need it. */
  readonly quoteAll?: boolean;
  /** End the last line too. */
  readonly finalNewline?: boolean;
}

/** Writes rows as CSV (RFC 4180); a field that holds anything but plain characters is quoted. */
export function writeCsv(rows: readonly (readonly string[])[], style: CsvStyle = {}): string {
  const { delimiter = ',', newline = '\n', quoteAll = false, finalNewline = true } = style;
  const field = (text: string): string =>
    quoteAll || !/^[\p{L}\p{N}._-]+$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = rows.map((row) => row.map(field).join(delimiter));
  return lines.join(newline) + (finalNewline ? newline : '');
}

/** All of a column's texts. */
export function textsOf(cells: Cells): string[] {
  return cells.slice(0, cells.length);
}

/** Rows of cells, from a table of columns. */
export function rowsOf(dataset: Dataset): string[][] {
  const { columns, rowCount } = dataset.table;
  return Array.from({ length: rowCount }, (_, row) => columns.map((cells) => cells.at(row)));
}

/** What inference finds in a column of these cells; a steady second column keeps blank cells apart from blank lines. */
export async function inferCells(cells: readonly string[]): Promise<ColumnSchema> {
  const rows = cells.map((cell, i) => [cell, `k${i % 3}`]);
  const { info } = await readText(writeCsv([['column', 'other'], ...rows]));
  return columnNamed(info.columns, 'column');
}

export function columnNamed(columns: readonly ColumnSchema[], name: string): ColumnSchema {
  const found = columns.find((column) => column.name === name);
  if (found === undefined) {
    throw new Error(`no column ${name} among ${columns.map((column) => column.name).join(', ')}`);
  }
  return found;
}
