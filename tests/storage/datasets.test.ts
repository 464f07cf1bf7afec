import { openTab } from './test-database.ts';
import { describe, expect, it } from 'vitest';
import {
  deleteDataset,
  getDataset,
  getDatasetFile,
  importDataset,
  renameDataset,
} from '#storage/datasets.ts';
import { cancelRun, finishRun } from '#storage/run-status.ts';
import { createRun, getRun } from '#storage/runs.ts';
import { csvFile, flowersCsv, flowersSpec, queuedRun, resultOf } from './samples.ts';

describe('importing', () => {
  it('gives the file back byte for byte', async () => {
    const db = await openTab();
    const { dataset, alreadyThere } = await importDataset(db, csvFile());
    expect(alreadyThere).toBe(false);
    expect(await (await getDatasetFile(db, dataset.id)).text()).toBe(flowersCsv);
    expect(await getDataset(db, dataset.id)).toEqual(dataset);
  });

  it('makes one data set of the same bytes, whatever the file is called', async () => {
    const db = await openTab();
    const first = await importDataset(db, csvFile());
    const second = await importDataset(db, csvFile(flowersCsv, 'copy of flowers.csv'));
    expect(second).toEqual({ dataset: first.dataset, alreadyThere: true });
    expect(await db.datasets.count()).toBe(1);
    expect(await db.blobs.count()).toBe(1);
  });

  it('makes one data set when two tabs import at the same moment', async () => {
    const here = await openTab();
    const there = await openTab(here.name);
    const both = await Promise.all(
      [here, there, here, there].map((tab) => importDataset(tab, csvFile())),
    );
    expect(new Set(both.map(({ dataset }) => dataset.id)).size).toBe(1);
    expect(both.filter(({ alreadyThere }) => !alreadyThere)).toHaveLength(1);
    expect(await here.datasets.count()).toBe(1);
  });

  it('refuses a second data set of one hash even from code that forgot to look', async () => {
    const db = await openTab();
    const { dataset } = await importDataset(db, csvFile());
    const row = await db.datasets.get(dataset.id);
    if (row === undefined) throw new Error('it was imported');
    await expect(db.datasets.add({ ...row, id: 'another' })).rejects.toThrow(/constraint/i);
  });

  it('restores a file that the data set had lost', async () => {
    const db = await openTab();
    const { dataset } = await importDataset(db, csvFile());
    await db.blobs.clear();
    await expect(getDatasetFile(db, dataset.id)).rejects.toMatchObject({ code: 'blob_missing' });
    await importDataset(db, csvFile());
    expect(await (await getDatasetFile(db, dataset.id)).text()).toBe(flowersCsv);
  });
});

describe('renaming', () => {
  it('renames, and says so where there is nothing to rename', async () => {
    const db = await openTab();
    const { dataset } = await importDataset(db, csvFile());
    await renameDataset(db, dataset.id, 'Flowers of 1936');
    expect((await getDataset(db, dataset.id)).name).toBe('Flowers of 1936');
    await expect(renameDataset(db, 'gone', 'x')).rejects.toMatchObject({
      code: 'dataset_not_found',
    });
  });
});

describe('deleting', () => {
  it('takes the runs and every file that nothing else needs', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    await finishRun(db, run.id, resultOf(run));
    expect(await db.blobs.count()).toBe(3);
    await deleteDataset(db, run.datasetId);
    await expect(getRun(db, run.id)).rejects.toMatchObject({ code: 'run_not_found' });
    for (const table of [db.datasets, db.runs, db.blobs, db.heartbeats]) {
      expect(await table.count()).toBe(0);
    }
  });

  it('keeps a model whose bytes a run on another data set has too', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    const { dataset: other } = await importDataset(db, csvFile('petal,species\n1,a\n2,b\n'));
    const otherRun = await createRun(db, {
      datasetId: other.id,
      datasetVersion: 1,
      spec: flowersSpec(),
    });
    for (const each of [run, otherRun]) {
      await finishRun(db, each.id, resultOf(each, { baseline: 'always setosa' }));
    }
    await deleteDataset(db, run.datasetId);
    const { models = {} } = await getRun(db, otherRun.id);
    const kept = await db.blobs.toCollection().primaryKeys();
    expect(kept.toSorted()).toEqual([other.info.sha256, ...Object.values(models)].toSorted());
  });

  it('is refused while a run trains on it', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    await expect(deleteDataset(db, run.datasetId)).rejects.toMatchObject({
      code: 'dataset_in_use',
    });
    await cancelRun(db, run.id);
    await deleteDataset(db, run.datasetId);
    expect(await db.datasets.count()).toBe(0);
  });
});
