import * as v from 'valibot';
import type { TerrariumDatabase } from './database.ts';
import { observed, type Observable } from './observe.ts';
import { guardedRead, guardedWrite } from './quota.ts';

/** One setting of this browser: where it is kept, what shape it has, and what holds until it is set. */
export interface Setting<T> {
  readonly key: string;
  readonly schema: v.GenericSchema<unknown, T>;
  readonly fallback: T;
}

/** The stored value, or the fallback where none is stored or an older version stored another shape. */
export async function readSetting<T>(db: TerrariumDatabase, setting: Setting<T>): Promise<T> {
  return guardedRead(() => storedValue(db, setting));
}

/** @throws TerrariumError `storage_full` */
export async function writeSetting<T>(
  db: TerrariumDatabase,
  setting: Setting<T>,
  value: T,
): Promise<void> {
  await guardedWrite('a setting', () => db.settings.put({ key: setting.key, value }));
}

export function observeSetting<T>(db: TerrariumDatabase, setting: Setting<T>): Observable<T> {
  return observed(() => storedValue(db, setting));
}

async function storedValue<T>(db: TerrariumDatabase, setting: Setting<T>): Promise<T> {
  const entity = await db.settings.get(setting.key);
  const parsed = v.safeParse(setting.schema, entity?.value);
  return parsed.success ? parsed.output : setting.fallback;
}
