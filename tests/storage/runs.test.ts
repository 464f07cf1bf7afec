import { openTab } from './test-database.ts';
import { describe, expect, it } from 'vitest';
import { runError } from '#core/errors.ts';
import {
  beat,
  cancelRun,
  failRun,
  finishRun,
  interruptRun,
  markRunning,
} from '#storage/run-status.ts';
import { createRun, deleteRun, getRun } from '#storage/runs.ts';
import { importDataset } from '#storage/datasets.ts';
import { getModel } from '#storage/stored-model.ts';
import { csvFile, flowersSpec, queuedRun, resultOf } from './samples.ts';

const brokeDown = runError('diverged', 'The loss became NaN.').toData();

describe('a run', () => {
  it('is queued, runs, and finishes with record, card and models', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    expect(run.status).toBe('queued');
    await markRunning(db, run.id);
    expect((await getRun(db, run.id)).status).toBe('running');
    const result = resultOf(run);
    await finishRun(db, run.id, result);

    const finished = await getRun(db, run.id);
    expect(finished).toMatchObject({
      status: 'finished',
      record: result.record,
      card: '# flowers',
    });
    const best = await getModel(db, run.id);
    expect(best.candidate).toBe('linear');
    expect(new Uint8Array(await best.blob.arrayBuffer())).toEqual(result.models.get('linear'));
    expect((await getModel(db, run.id, 'baseline')).candidate).toBe('baseline');
    await expect(getModel(db, run.id, 'nobody')).rejects.toThrow(
      'no model of a candidate named nobody',
    );
    expect(await db.heartbeats.count()).toBe(0);
  });

  it('needs a data set, and a version that it has', async () => {
    const db = await openTab();
    const on = (datasetId: string, datasetVersion: number) =>
      createRun(db, { datasetId, datasetVersion, spec: flowersSpec() });
    await expect(on('gone', 1)).rejects.toMatchObject({ code: 'dataset_not_found' });
    const { dataset } = await importDataset(db, csvFile());
    await expect(on(dataset.id, 2)).rejects.toMatchObject({ code: 'version_not_found' });
    expect(await db.runs.count()).toBe(0);
  });

  it('is started by one worker only', async () => {
    const here = await openTab();
    const there = await openTab(here.name);
    const run = await queuedRun(here);
    const starts = await Promise.allSettled([
      markRunning(here, run.id),
      markRunning(there, run.id),
    ]);
    expect(starts.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(markRunning(here, run.id)).rejects.toMatchObject({ code: 'run_not_queued' });
  });

  it('that was taken for interrupted and then finishes is finished', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    await markRunning(db, run.id);
    await interruptRun(db, run.id);
    expect((await getRun(db, run.id)).status).toBe('interrupted');
    await finishRun(db, run.id, resultOf(run));
    expect((await getRun(db, run.id)).status).toBe('finished');
  });

  it('that was taken for interrupted goes on with the next beat', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    await interruptRun(db, run.id);
    await beat(db, run.id);
    expect((await getRun(db, run.id)).status).toBe('queued');
    await markRunning(db, run.id);
    await interruptRun(db, run.id);
    await beat(db, run.id);
    expect((await getRun(db, run.id)).status).toBe('running');
  });

  it('stays as it ended', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    await failRun(db, run.id, brokeDown);
    await cancelRun(db, run.id);
    await interruptRun(db, run.id);
    await beat(db, run.id);
    expect(await getRun(db, run.id)).toMatchObject({ status: 'failed', error: brokeDown });
    expect(await db.heartbeats.count()).toBe(0);
  });

  it('that was cancelled does not take a result any more', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    await cancelRun(db, run.id);
    await expect(finishRun(db, run.id, resultOf(run))).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await db.blobs.count()).toBe(1);
  });

  it('failed after evaluation keeps its record and says why', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    const result = resultOf(run);
    const record = { ...result.record, status: 'failed' as const, best: null };
    await finishRun(db, run.id, { ...result, record, error: brokeDown });
    expect(await getRun(db, run.id)).toMatchObject({ status: 'failed', record, error: brokeDown });
    await expect(getModel(db, run.id)).rejects.toThrow('has no best model');
  });
});

describe('deleting a run', () => {
  it('is refused while it trains', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    await expect(deleteRun(db, run.id)).rejects.toMatchObject({ code: 'run_in_progress' });
  });

  it('frees its models and leaves the data set', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    await finishRun(db, run.id, resultOf(run));
    await deleteRun(db, run.id);
    expect(await db.runs.count()).toBe(0);
    expect(await db.datasets.count()).toBe(1);
    expect(await db.blobs.count()).toBe(1);
  });
});
