import { openTab } from './test-database.ts';
import { expect, it } from 'vitest';
import { importDataset, observeDatasets } from '#storage/datasets.ts';
import { databaseNames, deleteDatabase } from '#storage/private-storage.ts';
import { markRunning } from '#storage/run-status.ts';
import { createRun } from '#storage/runs.ts';
import { csvFile, flowersCsv, flowersSpec, queuedRun } from './samples.ts';

const unavailable = { code: 'storage_unavailable', kind: 'storage' };

it('what other tabs are about to write when one erases everything stays unwritten', async () => {
  const db = await openTab();
  const { id, datasetId } = await queuedRun(db);
  const importing = importDataset(db, csvFile(`${flowersCsv}6,virginica\n`));
  const erasing = deleteDatabase(indexedDB, db.name);
  await Promise.allSettled([importing, erasing]);
  await erasing;
  // An import that was still reading, a training that ends, a press of Train, and a page that looks on.
  const late = [
    importDataset(db, csvFile()),
    markRunning(db, id),
    createRun(db, { datasetId, datasetVersion: 1, spec: flowersSpec() }),
    new Promise((resolve, reject) => {
      observeDatasets(db).subscribe({ next: resolve, error: reject });
    }),
  ];
  for (const one of await Promise.allSettled(late)) {
    expect(one).toMatchObject({ status: 'rejected', reason: unavailable });
  }
  expect(await databaseNames(indexedDB)).not.toContain(db.name);
});
