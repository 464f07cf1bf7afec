import { inputError } from '#core/errors.ts';
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
  const columns = names.map((name) =>
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
