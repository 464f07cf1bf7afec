import type { Cells } from '#core/data/cells.ts';
import { sortedPresent } from '#core/data/readings.ts';
import { columnCells, type ColumnSchema, type Dataset, type Table } from '#core/data/table.ts';
import { typedColumn } from '#core/data/typed-columns.ts';
import { Breather } from '#core/pause.ts';
import { profileNumbers } from './profile-numbers.ts';
import { profileTexts } from './profile-texts.ts';
import { PROFILE_VERSION, type ColumnProfile, type Profile } from './profile.ts';
import { profileTimes } from './profile-times.ts';
import { valueKind, type Reading } from './read-values.ts';

export interface ProfileOptions {
  readonly signal?: AbortSignal;
  /** Hears how many of the columns (or pairs) are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Describes every column from all of its rows, as its schema reads them.
 * @throws TerrariumError of kind `cancelled`; `not_a_number` where a cell is none
 */
export async function profileTable(
  { info, table }: Dataset,
  options: ProfileOptions = {},
): Promise<Profile> {
  const reading = { table, breather: new Breather(options.signal) };
  const columns: ColumnProfile[] = [];
  for (const column of info.columns) {
    columns.push(await profileColumn(reading, column));
    options.onProgress?.(columns.length, info.columns.length);
  }
  return { version: PROFILE_VERSION, rows: table.rowCount, columns };
}

async function profileColumn(reading: Reading, column: ColumnSchema): Promise<ColumnProfile> {
  const { name, type } = column;
  const found = await describe(reading, column);
  if (found !== null) return { name, type, ...found };
  return { name, type, kind: 'empty', count: 0, missing: reading.table.rowCount, distinct: 0 };
}

async function describe({ table, breather }: Reading, column: ColumnSchema) {
  await breather.breathe();
  const cells = columnCells(table, column.name);
  switch (valueKind(column.type)) {
    case 'numbers':
      return profileNumbers(...numericValues(table, column, cells));
    case 'times':
      return profileTimes(cells, column);
    case 'texts':
      return profileTexts(cells, column.missing, breather);
    case 'empty':
      return null;
  }
}

function numericValues(
  table: Table,
  column: ColumnSchema,
  cells: Cells,
): [values: Float64Array, sorted: Float64Array] {
  const { kind, values } = typedColumn(table, column);
  if (kind !== 'numeric') throw new RangeError(`${column.name} is no column of numbers`);
  return [values, sortedPresent(cells, values)];
}
