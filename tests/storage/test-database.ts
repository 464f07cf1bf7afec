// The first import of a test: Dexie looks for IndexedDB when it loads.
import 'fake-indexeddb/auto';
import { onTestFinished } from 'vitest';
import { openDatabase, type TerrariumDatabase } from '#storage/database.ts';

const opened: TerrariumDatabase[] = [];
let count = 0;

/**
 * A database of its own for a test; the same name again is another tab's connection to it. They are gone when the test
 * is over. A hook of this module's own would be that of the first file alone: files share modules.
 */
export async function openTab(name = `test-${String(++count)}`): Promise<TerrariumDatabase> {
  if (opened.length === 0) onTestFinished(closeAll);
  const db = await openDatabase(name);
  opened.push(db);
  return db;
}

async function closeAll(): Promise<void> {
  const databases = opened.splice(0);
  for (const db of databases) db.close();
  for (const db of databases) await db.delete();
}
