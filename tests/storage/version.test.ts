import { openTab } from './test-database.ts';
import { Dexie } from 'dexie';
import { afterEach, expect, it, vi } from 'vitest';
import { importDataset, getDataset } from '#storage/datasets.ts';
import { openDatabase } from '#storage/database.ts';
import { SCHEMA_VERSION } from '#storage/schema.ts';
import { csvFile } from './samples.ts';

afterEach(() => void vi.restoreAllMocks());

/** Opens the database as a later Terrarium would, with another schema. */
async function upgrade(name: string): Promise<Dexie> {
  const later = new Dexie(name);
  later.version(SCHEMA_VERSION + 1).stores({ datasets: 'id, name', models: 'id' });
  await later.open();
  return later;
}

it('refuses a database of a later version with a sentence, and leaves it as it is', async () => {
  const later = await upgrade('from-the-future');
  later.close();
  await expect(openDatabase('from-the-future')).rejects.toMatchObject({
    code: 'storage_newer',
    kind: 'storage',
    hint: 'Reload the page to get the newer version. Nothing was changed or lost.',
  });
  await later.open();
  expect(later.table('datasets').schema.indexes.map((index) => index.name)).toEqual(['name']);
  expect(later.backendDB().version).toBe(10 * (SCHEMA_VERSION + 1));
  await later.delete();
});

it('closes for another tab that upgrades, tells the page, and refuses what follows', async () => {
  vi.spyOn(console, 'warn').mockReturnValue(); // Dexie remarks on it
  const db = await openTab();
  const { dataset } = await importDataset(db, csvFile());
  const replaced = vi.fn();
  db.onReplaced(replaced);
  const later = await upgrade(db.name);
  expect(replaced).toHaveBeenCalledOnce();
  await expect(getDataset(db, dataset.id)).rejects.toMatchObject({ code: 'storage_newer' });
  await expect(importDataset(db, csvFile())).rejects.toMatchObject({ code: 'storage_newer' });
  later.close();
});

it('says so where the browser has no IndexedDB', async () => {
  vi.stubGlobal('indexedDB', undefined);
  const dependencies = vi.spyOn(Dexie, 'dependencies', 'get');
  dependencies.mockReturnValue({ ...Dexie.dependencies, indexedDB: undefined as never });
  await expect(openDatabase('nowhere')).rejects.toMatchObject({ code: 'storage_unavailable' });
  vi.unstubAllGlobals();
});
