import type { ColumnSchema, Dataset } from '#core/data/table.ts';
import { Breather } from '#core/pause.ts';
import { profileNumbers, profileTimes } from './profile-numbers.ts';
import { profileTexts } from './profile-texts.ts';
import { PROFILE_VERSION, type ColumnProfile, type Profile } from './profile.ts';
import { readNumbers, readTexts, valueKind, type Reading } from './read-values.ts';
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

async function describe(reading: Reading, column: ColumnSchema) {
  await reading.breather.breathe();
  switch (valueKind(column.type)) {
    case 'numbers':
      return profileNumbers(await readNumbers(reading, column));
    case 'times': {
      const texts = await readTexts(reading, column);
      return profileTimes(texts, Float64Array.from(texts, isoMilliseconds));
    }
    case 'texts':
      return profileTexts(await readTexts(reading, column), reading.breather);
    case 'empty':
      return null;
  }
}
