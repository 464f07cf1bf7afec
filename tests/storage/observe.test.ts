import { openTab } from './test-database.ts';
import { expect, it } from 'vitest';
import {
  deleteDataset,
  importDataset,
  observeDataset,
  observeDatasets,
} from '#storage/datasets.ts';
import { cancelRun, markRunning } from '#storage/run-status.ts';
import { createRun, observeRun, observeRunsOf } from '#storage/runs.ts';
import { next } from './next.ts';
import { csvFile, flowersSpec, queuedRun } from './samples.ts';

it('emits what is there, then again after a write from another connection', async () => {
  const page = await openTab();
  const worker = await openTab(page.name);
  const datasets = observeDatasets(page);
  expect(await next(datasets, () => true)).toEqual([]);
  const grown = next(datasets, (list) => list.length === 1);
  const { dataset } = await importDataset(worker, csvFile());
  expect(await grown).toEqual([dataset]);
  const gone = next(observeDataset(page, dataset.id), (one) => one === undefined);
  await deleteDataset(worker, dataset.id);
  expect(await gone).toBeUndefined();
});

it('follows a run and lists the runs of a data set, newest first', async () => {
  const db = await openTab();
  const first = await queuedRun(db, 'first');
  const running = next(observeRun(db, first.id), (run) => run?.status === 'running');
  await markRunning(db, first.id);
  expect((await running)?.name).toBe('first');
  await cancelRun(db, first.id);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await createRun(db, {
    datasetId: first.datasetId,
    datasetVersion: 1,
    spec: flowersSpec('second'),
  });
  const runs = await next(observeRunsOf(db, first.datasetId), (list) => list.length === 2);
  expect(runs.map((run) => run.name)).toEqual(['second', 'first']);
});

it('says in a sentence when the database was closed', async () => {
  const db = await openTab();
  db.close();
  await expect(next(observeDatasets(db), () => true)).rejects.toMatchObject({
    code: 'storage_unavailable',
  });
});
