import { openTab } from './test-database.ts';
import { Dexie } from 'dexie';
import { expect, it } from 'vitest';
import { storedCheckpoints } from '#storage/checkpoints.ts';
import { TerrariumDatabase } from '#storage/database.ts';
import { getDataset, getDatasetFile, importDataset } from '#storage/datasets.ts';
import { getRun } from '#storage/runs.ts';
import { getModel } from '#storage/stored-model.ts';
import { csvFile, flowersCsv, flowersSpec, resultOf, sha256 } from './samples.ts';

const model = 'the model of the first version';

/** A database as the first version of Terrarium wrote it: a data set, a finished run on it, a setting. */
async function databaseOfVersionOne(name: string): Promise<void> {
  const first = new Dexie(name);
  first.version(1).stores({
    datasets: 'id, &info.sha256, createdAt',
    blobs: 'sha256',
    runs: 'id, createdAt, status, [datasetId+createdAt], *modelHashes',
    heartbeats: 'runId',
    settings: 'key',
  });
  await first.open();
  const createdAt = '2026-11-21T10:00:00.000Z';
  const { reading, ...info } = csvFile().info;
  expect(reading.delimiter).toBe(',');
  await first.table('datasets').add({
    id: 'flowers',
    name: 'Flowers of 1936',
    createdAt,
    info: { ...info, delimiter: ',' },
  });
  const blobs = first.table('blobs');
  for (const text of [flowersCsv, model]) {
    const blob = new Blob([text]);
    await blobs.add({ sha256: sha256(text), bytes: blob.size, createdAt, blob });
  }
  await first.table('runs').add({ ...runOfVersionOne(), createdAt });
  await first.table('settings').add({ key: 'probe', value: 'wasm' });
  first.close();
}

/** Without what specs and runs have gained since. */
function runOfVersionOne() {
  const spec = flowersSpec();
  const { train, validation, test, stratify } = spec.split;
  const run = { id: 'run', datasetId: 'flowers', name: 'flowers', status: 'finished' as const };
  const { record } = resultOf({ ...run, datasetVersion: 1, createdAt: '', spec });
  return {
    ...run,
    spec: { ...spec, split: { train, validation, test, stratify } },
    record,
    card: '# flowers',
    models: { linear: sha256(model) },
    modelHashes: [sha256(model)],
  };
}

it('keeps every data set, run, model and setting of version 1, which become those of first versions', async () => {
  await databaseOfVersionOne('made-at-version-1');
  const db = await openTab('made-at-version-1');

  const dataset = await getDataset(db, 'flowers');
  expect(dataset).toMatchObject({ name: 'Flowers of 1936', version: 1 });
  expect(dataset.versions).toHaveLength(1);
  expect(dataset.info).toEqual(csvFile().info);
  expect(dataset.versions[0]?.origin).toEqual({ from: 'unknown', placed: 'by-hand' });
  expect(await (await getDatasetFile(db, 'flowers', 1)).text()).toBe(flowersCsv);

  const run = await getRun(db, 'run');
  expect(run).toMatchObject({ datasetId: 'flowers', datasetVersion: 1, status: 'finished' });
  expect(run.spec).toEqual(flowersSpec());
  expect(run.record?.best).toBe('linear');
  expect(await (await getModel(db, 'run')).blob.text()).toBe(model);
  expect(await db.settings.get('probe')).toEqual({ key: 'probe', value: 'wasm' });
});

it('knows the bytes of version 1 again, and makes the next file a second version', async () => {
  await databaseOfVersionOne('grown-from-version-1');
  const db = await openTab('grown-from-version-1');
  expect(await importDataset(db, csvFile())).toMatchObject({
    alreadyThere: true,
    dataset: { id: 'flowers', version: 1 },
  });
  const next = csvFile('petal,species\n9,a\n');
  const placed = await importDataset(db, next, { from: 'file', versionOf: 'flowers' });
  expect(placed.dataset).toMatchObject({ id: 'flowers', version: 2 });
});

it('adds room for checkpoints to version 2, and keeps what is there', async () => {
  const second = new Dexie('made-at-version-2');
  second.version(2).stores({
    datasets: 'id, &*hashes, createdAt',
    blobs: 'sha256',
    runs: 'id, createdAt, status, [datasetId+createdAt], *modelHashes',
    heartbeats: 'runId',
    settings: 'key',
    profiles: 'sha256',
  });
  await second.open();
  const run = { ...runOfVersionOne(), datasetVersion: 1, status: 'interrupted' };
  await second.table('runs').add({ ...run, createdAt: '2026-11-21T10:00:00.000Z' });
  second.close();

  const db = await openTab('made-at-version-2');
  expect(await getRun(db, 'run')).toMatchObject(run);
  await storedCheckpoints(db, 'run').keep('network', new Uint8Array(3));
  expect(await db.checkpoints.count()).toBe(1);
});

it('is not done twice', async () => {
  await databaseOfVersionOne('opened-twice');
  const db = await openTab('opened-twice');
  const { dataset } = await importDataset(db, csvFile('petal,species\n9,a\n', 'b.csv'));
  db.close();
  const again = new TerrariumDatabase('opened-twice');
  await again.open();
  expect(await getDataset(again, dataset.id)).toEqual(dataset);
  expect(await again.datasets.count()).toBe(2);
  again.close();
});
