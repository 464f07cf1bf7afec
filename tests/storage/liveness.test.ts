import { openTab } from './test-database.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  DEAD_AFTER_MS,
  reclaimInterrupted,
  UNCLAIMED_AFTER_MS,
  whileAlive,
} from '#storage/liveness.ts';
import { finishRun, interruptRun, markRunning, queueAgain } from '#storage/run-status.ts';
import { getRun } from '#storage/runs.ts';
import { queuedRun, resultOf } from './samples.ts';

/** Lets time pass for the beats, and the beats' writes end. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await new Promise((resolve) => setTimeout(resolve, 50));
}

/* Web Locks are a browser's: tests/browser/storage.test.ts has them. Here, the heartbeat of plain http. */
describe('without Web Locks', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }));
  afterEach(() => void vi.useRealTimers());

  it('a running run is interrupted once its worker has been silent for 10 s', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    await markRunning(db, run.id);
    const now = Date.now();
    expect(await reclaimInterrupted(db, null, now + DEAD_AFTER_MS - 1_000)).toEqual([]);
    expect((await getRun(db, run.id)).status).toBe('running');
    expect(await reclaimInterrupted(db, null, now + DEAD_AFTER_MS + 1_000)).toEqual([run.id]);
    expect((await getRun(db, run.id)).status).toBe('interrupted');
  });

  it('a queued run waits longer for a worker that still loads', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    const now = Date.now();
    expect(await reclaimInterrupted(db, null, now + UNCLAIMED_AFTER_MS - 1_000)).toEqual([]);
    expect(await reclaimInterrupted(db, null, now + UNCLAIMED_AFTER_MS + 1_000)).toEqual([run.id]);
  });

  it('a worker that beats keeps its run, and another tab leaves it alone', async () => {
    const worker = await openTab();
    const otherTab = await openTab(worker.name);
    const run = await queuedRun(worker);
    await whileAlive(worker, run.id, async () => {
      await markRunning(worker, run.id);
      const begun = Date.now();
      await pass(2_300);
      // So far in the future that only a beat later than the first can keep it alive.
      const later = begun + DEAD_AFTER_MS + 1_000;
      expect(await reclaimInterrupted(otherTab, null, later)).toEqual([]);
    });
  });

  it('a run wrongly taken for dead recovers by itself and finishes', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    await whileAlive(db, run.id, async () => {
      await markRunning(db, run.id);
      await reclaimInterrupted(db, null, Date.now() + 10 * DEAD_AFTER_MS);
      expect((await getRun(db, run.id)).status).toBe('interrupted');
      await pass(1_300);
      expect((await getRun(db, run.id)).status).toBe('running');
      await finishRun(db, run.id, resultOf(run));
    });
    expect((await getRun(db, run.id)).status).toBe('finished');
    expect(await reclaimInterrupted(db, null, Date.now() + 10 * DEAD_AFTER_MS)).toEqual([]);
  });

  it('a run that waits to go on and was taken for dead waits again, and its worker may begin', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    await markRunning(db, run.id);
    await interruptRun(db, run.id);
    await queueAgain(db, run.id);
    const late = Date.now() + UNCLAIMED_AFTER_MS + 1_000;
    expect(await reclaimInterrupted(db, null, late)).toEqual([run.id]);
    await whileAlive(db, run.id, async () => {
      expect((await getRun(db, run.id)).status).toBe('queued');
      expect(await reclaimInterrupted(db, null, late)).toEqual([run.id]);
      await pass(1_100);
      expect((await getRun(db, run.id)).status).toBe('queued');
      await markRunning(db, run.id);
      expect((await getRun(db, run.id)).status).toBe('running');
    });
  });

  it('beats no more once the body has ended, also when it threw', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    const failing = whileAlive(db, run.id, () => Promise.reject(new Error('out of memory')));
    await expect(failing).rejects.toThrow('out of memory');
    const last = await db.heartbeats.get(run.id);
    await pass(1_300);
    expect(await db.heartbeats.get(run.id)).toEqual(last);
  });
});
