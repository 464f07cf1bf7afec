import { wrap, type Remote } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import { unwrap } from '#core/errors.ts';
import { openDatabase, type TerrariumDatabase } from '#storage/database.ts';
import { getDatasetFile, importDataset, observeDatasets } from '#storage/datasets.ts';
import { DEAD_AFTER_MS, holdForPage, reclaimInterrupted } from '#storage/liveness.ts';
import { createRun, getRun, observeRun } from '#storage/runs.ts';
import { storageSpace } from '#storage/space.ts';
import { inTurn } from '#storage/turns.ts';
import { next } from '../storage/next.ts';
import { csvFile, flowersCsv, queuedRun } from '../storage/samples.ts';
import type { OtherTab } from './storage.worker.ts';

const databases: TerrariumDatabase[] = [];
const workers: Worker[] = [];

async function openPage(): Promise<TerrariumDatabase> {
  const db = await openDatabase(`browser-test-${String(Date.now())}-${String(databases.length)}`);
  databases.push(db);
  return db;
}

function openWorker(): { readonly tab: Remote<OtherTab>; readonly worker: Worker } {
  const worker = new Worker(new URL('storage.worker.ts', import.meta.url), { type: 'module' });
  workers.push(worker);
  return { tab: wrap<OtherTab>(worker), worker };
}

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
  for (const db of databases) db.close();
});

describe('a page and a worker', () => {
  it('share one database: the page sees what the worker imports', async () => {
    const db = await openPage();
    const { tab } = openWorker();
    const seen = next(observeDatasets(db), (list) => list.length === 1);
    const { dataset } = unwrap(await tab.importFlowers(db.name));
    expect(await seen).toEqual([dataset]);
    expect(await (await getDatasetFile(db, dataset.id)).text()).toBe(flowersCsv);
  });

  it('make one data set of a file that both import at once', async () => {
    const db = await openPage();
    const [one, two] = [openWorker().tab, openWorker().tab];
    const [first, second, own] = await Promise.all([
      one.importFlowers(db.name),
      two.importFlowers(db.name),
      importDataset(db, csvFile()),
    ]);
    const imports = [unwrap(first), unwrap(second), own];
    expect(new Set(imports.map(({ dataset }) => dataset.id)).size).toBe(1);
    expect(imports.filter(({ alreadyThere }) => !alreadyThere)).toHaveLength(1);
    expect(await db.datasets.count()).toBe(1);
  });
});

describe('a run whose worker is gone', () => {
  it('is known at once by its Web Lock', async () => {
    const db = await openPage();
    const run = await queuedRun(db);
    const { tab, worker } = openWorker();
    unwrap(await tab.train(db.name, run.id, true));
    // However long ago its last sign of life: the lock is what counts.
    expect(await reclaimInterrupted(db, navigator.locks, Date.now() + 3_600_000)).toEqual([]);

    const seen = next(observeRun(db, run.id), (now) => now?.status === 'interrupted');
    worker.terminate();
    await expect.poll(() => reclaimInterrupted(db), { timeout: 2_000 }).toEqual([run.id]);
    expect((await seen)?.id).toBe(run.id);
  });

  it('is known by its silence where there are no Web Locks', async () => {
    const db = await openPage();
    const run = await queuedRun(db);
    const { tab, worker } = openWorker();
    unwrap(await tab.train(db.name, run.id, false));
    const begun = Date.now();
    await expect
      .poll(async () => (await db.heartbeats.get(run.id))?.at ?? 0, { timeout: 5_000 })
      .toBeGreaterThan(begun + 900);
    worker.terminate();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const last = (await db.heartbeats.get(run.id))?.at ?? 0;
    expect(await reclaimInterrupted(db, null, last + DEAD_AFTER_MS - 1)).toEqual([]);
    expect(await reclaimInterrupted(db, null, last + DEAD_AFTER_MS)).toEqual([run.id]);
  });

  it('is known as soon as its page is gone, where no worker has begun yet', async () => {
    const db = await openPage();
    const letGo = await holdForPage('slow');
    const { datasetId, datasetVersion, spec } = await queuedRun(db);
    const left = (await db.runs.toArray()).map(({ id }) => id);
    await createRun(db, { datasetId, datasetVersion, spec }, 'slow');
    // However long its worker loads: its page is there.
    expect(await reclaimInterrupted(db, navigator.locks, Date.now() + 3_600_000)).toEqual(left);
    letGo();
    await expect.poll(() => reclaimInterrupted(db), { timeout: 2_000 }).toEqual(['slow']);
  });

  it('that another tab executes is refused here and goes on there', async () => {
    const db = await openPage();
    const run = await queuedRun(db);
    unwrap(await openWorker().tab.train(db.name, run.id, true));
    const second = await openWorker().tab.train(db.name, run.id, true);
    expect(second).toMatchObject({ ok: false, error: { code: 'run_taken' } });
    expect((await getRun(db, run.id)).status).toBe('running');
  });
});

describe('trainings of two tabs', () => {
  it.each([true, false])('take turns, with Web Locks: %s', async (withLocks) => {
    const { name } = await openPage();
    const times = await Promise.all([
      openWorker().tab.takeTurn(name, 150, withLocks),
      openWorker().tab.takeTurn(name, 150, withLocks),
    ]);
    const [first, second] = times.toSorted((a, b) => a.from - b.from);
    expect(second?.from).toBeGreaterThanOrEqual(first?.to ?? Infinity);
  });

  it('end at once when they are cancelled while they wait', async () => {
    const db = await openPage();
    const waiting = new AbortController();
    await inTurn(db, new AbortController().signal, async () => {
      const second = inTurn(db, waiting.signal, () => Promise.resolve('trained'));
      waiting.abort();
      await expect(second).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    });
  });
});

it('the browser says how much room there is', async () => {
  const db = await openPage();
  await importDataset(db, csvFile());
  const space = await storageSpace();
  expect(space?.usedBytes).toBeGreaterThan(0);
  expect(space?.grantedBytes).toBeGreaterThan(space?.usedBytes ?? Infinity);
});
