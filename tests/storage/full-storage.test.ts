import { openTab } from './test-database.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { getDataset, getDatasetFile, importDataset } from '#storage/datasets.ts';
import { guardedWrite, isQuotaError } from '#storage/quota.ts';
import { finishRun, markRunning } from '#storage/run-status.ts';
import { getRun } from '#storage/runs.ts';
import { fillUp } from './fill-up.ts';
import { csvFile, flowersCsv, queuedRun, resultOf } from './samples.ts';

afterEach(() => void vi.restoreAllMocks());

describe('when storage is full', () => {
  it('an import says what was not saved, and what was saved stays', async () => {
    const db = await openTab();
    const { dataset } = await importDataset(db, csvFile());
    fillUp(0);
    await expect(importDataset(db, csvFile('x,y\n1,2\n', 'second.csv'))).rejects.toMatchObject({
      code: 'storage_full',
      kind: 'storage',
      message:
        "This browser's storage is full, so the data set second.csv could not be saved; everything saved before is still there.",
      hint: expect.stringContaining('Delete data sets or runs') as unknown,
    });
    expect(await db.datasets.count()).toBe(1);
    expect(await getDataset(db, dataset.id)).toEqual(dataset);
    expect(await (await getDatasetFile(db, dataset.id)).text()).toBe(flowersCsv);
  });

  it('a result is saved as a whole or not at all', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    await markRunning(db, run.id);
    const before = await getRun(db, run.id);
    fillUp(1);
    const saving = finishRun(db, run.id, resultOf(run));
    await expect(saving).rejects.toThrow('so the result of the run flowers could not be saved');
    expect(await getRun(db, run.id)).toEqual(before);
    expect(await db.blobs.toCollection().primaryKeys()).toEqual([csvFile().info.sha256]);
    vi.restoreAllMocks();
    await finishRun(db, run.id, resultOf(run));
    expect((await getRun(db, run.id)).status).toBe('finished');
  });

  it('is known also when only the transaction says so', async () => {
    const quota = new DOMException('full', 'QuotaExceededError');
    const abort = Object.assign(new Error('Transaction aborted'), {
      name: 'AbortError',
      inner: quota,
    });
    expect(isQuotaError(abort)).toBe(true);
    expect(isQuotaError(Object.assign(new Error('no'), { name: 'AbortError' }))).toBe(false);
    await expect(guardedWrite('it', () => Promise.reject(abort))).rejects.toMatchObject({
      code: 'storage_full',
    });
  });
});
