// The first import of a test: Dexie looks for IndexedDB when it loads.
import 'fake-indexeddb/auto';
import { afterEach } from 'vitest';
import { openDatabase, type TerrariumDatabase } from '#storage/database.ts';

const opened: TerrariumDatabase[] = [];
let count = 0;

/** A database of its own for a test; the same name again is another tab's connection to it. */
export async function openTab(name = `test-${String(++count)}`): Promise<TerrariumDatabase> {
  const db = await openDatabase(name);
  opened.push(db);
  return db;
}

afterEach(async () => {
  const databases = opened.splice(0);
  for (const db of databases) db.close();
  for (const db of databases) await db.delete();
});
