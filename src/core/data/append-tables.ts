import { inputError } from '#core/errors.ts';
import { ByteCells } from './byte-cells.ts';
import type { FieldText } from './field-text.ts';
import type { Cells } from './cells.ts';
import { numberCells } from './number-cells.ts';
import { TextCellsBuilder } from './text-cells.ts';
import type { Table } from './table.ts';

export interface NamedTable {
  readonly name: string;
  readonly table: Table;
}

/**
 * Tables with the same columns as one, rows below rows, columns in the order of the first.
 * @throws TerrariumError that names the table and the column where two differ
 */
export function appendTables(parts: readonly NamedTable[]): Table {
  const [first, ...rest] = parts;
  if (first === undefined) throw new RangeError('no table to append');
  if (rest.length === 0) return first.table;
  const { names } = first.table;
  for (const part of rest) refuseOtherColumns(first, part);
  const columns =
    joined(names, parts) ??
    names.map((name) =>
      appended(parts.flatMap(({ table }) => table.columns[table.names.indexOf(name)] ?? [])),
    );
  const rowCount = parts.reduce((rows, { table }) => rows + table.rowCount, 0);
  return { names, columns, rowCount };
}

function refuseOtherColumns(first: NamedTable, part: NamedTable): void {
  const missing = first.table.names.find((name) => !part.table.names.includes(name));
  const extra = part.table.names.find((name) => !first.table.names.includes(name));
  if (missing === undefined && extra === undefined) return;
  const column = missing ?? extra ?? '';
  const [without, having] = missing === undefined ? [first, part] : [part, first];
  throw inputError(
    'other_columns',
    `${without.name} has no column "${column}", and ${having.name} has: files of one data set need the same columns.`,
    'Leave out the files that hold something else, or give all files the same columns.',
    { column, file: part.name },
  );
}

/** Offsets are 32 bits wide. */
const MAX_BYTES = 4_294_967_296;

/** Text tables with the same marks are one text: their bytes one behind the other, no cell made. Null for others. */
function joined(names: readonly string[], parts: readonly NamedTable[]): readonly Cells[] | null {
  const texts = parts.flatMap(({ table }) => textOf(table) ?? []);
  const [first] = texts;
  if (first === undefined || texts.length < parts.length) return null;
  const { delimiter, quote, width } = first;
  const length = texts.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const isAlike = texts.every((text) => text.delimiter === delimiter && text.quote === quote);
  if (!isAlike || length >= MAX_BYTES) return null;
  const bytes = new Uint8Array(length);
  const rows = texts.reduce((sum, text) => sum + text.rows, 0);
  const starts = new Uint32Array(rows * width);
  let at = 0;
  let row = 0;
  for (const [i, text] of texts.entries()) {
    const own = parts[i]?.table.names ?? [];
    const places = names.map((name) => own.indexOf(name));
    for (let j = 0; j < text.rows; j += 1) {
      for (const [column, place] of places.entries()) {
        starts[(row + j) * width + column] = at + (text.starts[j * width + place] ?? 0);
      }
    }
    bytes.set(text.bytes, at);
    at += text.bytes.length;
    row += text.rows;
  }
  const hasEscapes = texts.some((text) => text.hasEscapes);
  const all = { bytes, starts, width, rows, delimiter, quote, hasEscapes };
  return names.map((_, column) => new ByteCells(all, column));
}

/** The text that all columns of a table are fields of. */
function textOf({ columns }: Table): FieldText | null {
  const [first] = columns;
  if (!(first instanceof ByteCells) || first.text.width !== columns.length) return null;
  const { text } = first;
  const isOne = columns.every(
    (cells, i) => cells instanceof ByteCells && cells.text === text && cells.column === i,
  );
  return isOne ? text : null;
}

function appended(cells: readonly Cells[]): Cells {
  const numbers = cells.flatMap((one) => one.numbers ?? []);
  if (numbers.length === cells.length) {
    const all = new Float64Array(cells.reduce((length, one) => length + one.length, 0));
    let at = 0;
    for (const one of numbers) {
      all.set(one, at);
      at += one.length;
    }
    return numberCells(all);
  }
  const texts = new TextCellsBuilder();
  for (const one of cells) {
    for (let row = 0; row < one.length; row += 1) texts.push(one.at(row));
  }
  return texts.finish();
}
