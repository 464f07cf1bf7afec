import { openTab } from './test-database.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { storedCheckpoints } from '#storage/checkpoints.ts';
import { deleteDataset } from '#storage/datasets.ts';
import { cancelRun, failRun, finishRun, interruptRun, markRunning } from '#storage/run-status.ts';
import { deleteRun } from '#storage/runs.ts';
import { observeUse } from '#storage/use.ts';
import { fillUp } from './fill-up.ts';
import { next } from './next.ts';
import { queuedRun, resultOf } from './samples.ts';

afterEach(() => void vi.restoreAllMocks());

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('checkpoints in storage', () => {
  it('are found again by run and name, in another tab too; a later one takes the place of the one before', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    const store = storedCheckpoints(db, run.id);
    expect(await store.load('network')).toBeNull();
    await store.keep('network', bytes(1, 2, 3));
    await store.keep('network', bytes(4, 5));
    await store.keep('run', bytes(9));
    const other = storedCheckpoints(await openTab(db.name), run.id);
    expect(await other.load('network')).toEqual(bytes(4, 5));
    expect(await storedCheckpoints(db, 'another').load('network')).toBeNull();
    expect(await db.checkpoints.count()).toBe(2);
  });

  it('stay where the run is interrupted, and go with its end', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    await markRunning(db, run.id);
    const store = storedCheckpoints(db, run.id);
    await store.keep('network', bytes(1));
    await interruptRun(db, run.id);
    expect(await store.load('network')).toEqual(bytes(1));
    await markRunning(db, run.id);
    await finishRun(db, run.id, resultOf(run));
    expect(await db.checkpoints.count()).toBe(0);
    await store.keep('network', bytes(2));
    expect(await db.checkpoints.count(), 'of a run that has ended').toBe(0);
  });

  it.each([
    ['that is cancelled', cancelRun],
    [
      'that failed',
      (db: Parameters<typeof cancelRun>[0], id: string) =>
        failRun(db, id, { code: 'diverged', kind: 'run', message: 'It diverged.' }),
    ],
  ])('go with a run %s', async (_, end) => {
    const db = await openTab();
    const run = await queuedRun(db);
    await markRunning(db, run.id);
    await storedCheckpoints(db, run.id).keep('network', bytes(1));
    await end(db, run.id);
    expect(await db.checkpoints.count()).toBe(0);
  });

  it('go with a run or a data set that is deleted, and another run keeps its own', async () => {
    const db = await openTab();
    const [first, second] = [await queuedRun(db), await queuedRun(db)];
    for (const { id } of [first, second]) {
      await markRunning(db, id);
      await storedCheckpoints(db, id).keep('network', bytes(1, 2));
      await interruptRun(db, id);
    }
    await deleteRun(db, first.id);
    expect(await db.checkpoints.toCollection().primaryKeys()).toEqual([[second.id, 'network']]);
    await deleteDataset(db, second.datasetId);
    expect(await db.checkpoints.count()).toBe(0);
  });

  it('count with their run where the page says what takes space', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    const before = (await next(observeUse(db), () => true)).totalBytes;
    const store = storedCheckpoints(db, run.id);
    await store.keep('network', new Uint8Array(5000));
    await store.keep('run', new Uint8Array(70));
    const { totalBytes, datasets } = await next(observeUse(db), () => true);
    expect(totalBytes - before).toBe(5070);
    expect(datasets[0]?.runs[0]?.bytes).toBeGreaterThan(5070);
  });

  it('that find no room leave the ones before, and say so', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    const store = storedCheckpoints(db, run.id);
    await store.keep('network', bytes(1));
    fillUp(0, 'checkpoints');
    await expect(store.keep('network', bytes(2))).rejects.toMatchObject({ code: 'storage_full' });
    expect(await store.load('network')).toEqual(bytes(1));
  });
});
