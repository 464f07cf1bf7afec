import { openTab } from './test-database.ts';
import { expect, it } from 'vitest';
import { compareVersions } from '#storage/compare-versions.ts';
import { importFile } from '#storage/import-file.ts';
import { readVersion } from '#storage/read-version.ts';

const first = 'id,height\na,1.5\nb,2\n';
const second = 'id,height\na,1.50\nb,3\nc,4\n';

async function twoVersions() {
  const db = await openTab();
  let datasetId = '';
  for (const text of [first, second]) {
    const { dataset } = await importFile(db, { file: new Blob([text]), name: 'plants.csv' }, {});
    datasetId = dataset.id;
  }
  return { db, datasetId };
}

it('compares two stored versions, and tells how far it is', async () => {
  const { db, datasetId } = await twoVersions();
  const heard: number[] = [];
  const { rows } = await compareVersions(
    db,
    { datasetId, before: 1, after: 2, key: 'id' },
    { signal: new AbortController().signal, onProgress: (done) => heard.push(done) },
  );
  expect(rows).toMatchObject({ added: 1, removed: 0, changed: 1, same: 1 });
  expect(heard.at(-1)).toBe(1);
  expect(heard).toEqual(heard.toSorted((a, b) => a - b));
});

it('is cancelled, and says where there is no such version', async () => {
  const { db, datasetId } = await twoVersions();
  const hearing = { signal: AbortSignal.abort(), onProgress: () => undefined };
  const query = { datasetId, before: 1, after: 2, key: null };
  await expect(compareVersions(db, query, hearing)).rejects.toMatchObject({ kind: 'cancelled' });
  await expect(compareVersions(db, { ...query, after: 3 }, hearing)).rejects.toThrow(
    'has no version 3',
  );
});

it('reads a stored file as a person had settled when it was imported', async () => {
  const db = await openTab();
  const file = new Blob(['1;5\n2;6\n']);
  const { dataset } = await importFile(
    db,
    { file, name: 'bare.csv' },
    { settings: { header: false, delimiter: ';' } },
  );
  const again = await readVersion(db, { datasetId: dataset.id, version: 1 });
  expect(again.info).toEqual(dataset.info);
  expect(again.table.rowCount).toBe(2);
  expect(again.table.names).toEqual(dataset.info.columns.map(({ name }) => name));
});
