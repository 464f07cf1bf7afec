import type { Dataset } from '#core/data/table.ts';
import { Breather } from '#core/breather.ts';
import { profileColumn } from './profile-column.ts';
import { PROFILE_VERSION, type ColumnProfile, type Profile } from './profile.ts';

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
