import type { ColumnSchema, Dataset, Table } from '#core/data/table.ts';
import { Breather } from '#core/pause.ts';
import { profileNumbers, profileTimes } from './profile-numbers.ts';
import { profileTexts } from './profile-texts.ts';
import { PROFILE_VERSION, type ColumnProfile, type Profile } from './profile.ts';
import { readNumbers, readTexts, valueKind } from './read-values.ts';
import { isoMilliseconds } from './iso-time.ts';

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
  const breather = new Breather(options.signal);
  const columns: ColumnProfile[] = [];
  for (const column of info.columns) {
    await breather.breathe();
    columns.push(profileColumn(table, column));
    options.onProgress?.(columns.length, info.columns.length);
  }
  return { version: PROFILE_VERSION, rows: table.rowCount, columns };
}

function profileColumn(table: Table, column: ColumnSchema): ColumnProfile {
  const { name, type } = column;
  const found = describe(table, column);
  if (found !== null) return { name, type, ...found };
  return { name, type, kind: 'empty', count: 0, missing: table.rowCount, distinct: 0 };
}

function describe(table: Table, column: ColumnSchema) {
  switch (valueKind(column.type)) {
    case 'numbers':
      return profileNumbers(readNumbers(table, column));
    case 'times': {
      const texts = readTexts(table, column);
      return profileTimes(texts, Float64Array.from(texts, isoMilliseconds));
    }
    case 'texts':
      return profileTexts(readTexts(table, column));
    case 'empty':
      return null;
  }
}
