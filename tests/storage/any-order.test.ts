import { openTab } from './test-database.ts';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { TerrariumError } from '#core/errors.ts';
import { storedCheckpoints } from '#storage/checkpoints.ts';
import type { TerrariumDatabase } from '#storage/database.ts';
import { deleteDataset, importDataset, renameDataset } from '#storage/datasets.ts';
import { isLive, mayEnd } from '#storage/entities.ts';
import { reclaimInterrupted } from '#storage/liveness.ts';
import {
  beat,
  cancelRun,
  failRun,
  finishRun,
  interruptRun,
  markRunning,
  queueAgain,
} from '#storage/run-status.ts';
import { createRun, deleteRun } from '#storage/runs.ts';
import { deleteVersion, setApart } from '#storage/versions.ts';
import { fillUp } from './fill-up.ts';
import { csvFile, flowersSpec, resultOf } from './samples.ts';

/** Which of the data sets, versions or runs that there are. */
type Which = number;
type Deed = (db: TerrariumDatabase, which: Which) => Promise<unknown>;

const chosen = <T>(all: readonly T[], which: Which): T => {
  const one = all[which % Math.max(1, all.length)];
  if (one === undefined) throw nothingThere();
  return one;
};
const nothingThere = (): TerrariumError =>
  new TerrariumError({ code: 'nothing', kind: 'input', message: 'There is nothing yet.' });
const onDataset = (deed: (db: TerrariumDatabase, id: string, which: Which) => Promise<unknown>) =>
  (async (db, which) =>
    deed(db, chosen(await db.datasets.toArray(), which).id, which)) satisfies Deed;
const onRun = (deed: (db: TerrariumDatabase, id: string, which: Which) => Promise<unknown>) =>
  (async (db, which) => deed(db, chosen(await db.runs.toArray(), which).id, which)) satisfies Deed;

/** All that tabs and workers do with data sets and runs. */
const deeds: Readonly<Record<string, Deed>> = {
  import: (db, which) =>
    importDataset(db, csvFile(`petal,species\n${which % 4},setosa\n`, `flowers${which % 2}.csv`)),
  rename: onDataset((db, id) => renameDataset(db, id, 'Flowers of 1936')),
  'delete a data set': onDataset(deleteDataset),
  'delete a version': onDataset((db, id, which) => deleteVersion(db, id, 1 + (which % 3))),
  'set a version apart': onDataset((db, id, which) => setApart(db, id, 1 + (which % 3))),
  queue: onDataset((db, datasetId, which) =>
    createRun(db, { datasetId, datasetVersion: 1 + (which % 2), spec: flowersSpec() }),
  ),
  begin: onRun(markRunning),
  keep: onRun((db, id) => storedCheckpoints(db, id).keep('network', Uint8Array.of(1, 2, 3))),
  beat: onRun(beat),
  finish: onRun(async (db, id, which) => {
    const run = await db.runs.get(id);
    if (run === undefined) throw nothingThere();
    // Models of several runs may have the same bytes.
    await finishRun(db, id, resultOf(run, { baseline: `model ${which % 2}` }));
  }),
  fail: onRun((db, id) =>
    failRun(db, id, { code: 'x', kind: 'run', message: 'It failed.', details: {} }),
  ),
  cancel: onRun(cancelRun),
  interrupt: onRun((db, id) => interruptRun(db, id)),
  resume: onRun(queueAgain),
  reclaim: (db) => reclaimInterrupted(db, null, Date.now() + 3_600_000),
  'delete a run': onRun(deleteRun),
};

/** What must hold whatever was done, and whatever of it failed. */
async function expectWhole(db: TerrariumDatabase): Promise<void> {
  const [datasets, runs] = [await db.datasets.toArray(), await db.runs.toArray()];
  const hashes = datasets.flatMap((one) => one.hashes);
  expect(new Set(hashes).size).toBe(hashes.length);
  for (const { hashes: own, versions } of datasets) {
    expect(own).toEqual(versions.map(({ info }) => info.sha256));
    expect(versions.length).toBeGreaterThan(0);
  }
  const needed = new Set([...hashes, ...runs.flatMap((run) => run.modelHashes)]);
  expect(new Set(await db.blobs.toCollection().primaryKeys())).toEqual(needed);
  for (const { datasetId, datasetVersion } of runs) {
    const dataset = datasets.find(({ id }) => id === datasetId);
    expect(dataset?.versions.map(({ number }) => number)).toContain(datasetVersion);
  }
  const live = runs.filter(isLive).map(({ id }) => id);
  expect((await db.heartbeats.toCollection().primaryKeys()).toSorted()).toEqual(live.toSorted());
  const open = new Set(runs.filter(mayEnd).map(({ id }) => id));
  for (const { runId } of await db.checkpoints.toArray()) expect(open).toContain(runId);
}

it('whatever two tabs do at once, and wherever room ends, nothing is left without what it belongs to', async () => {
  const names = Object.keys(deeds);
  const step = fc.record({
    /** What is done at the same moment, by turns in either tab. */
    atOnce: fc.array(fc.tuple(fc.constantFrom(...names), fc.nat(11)), {
      minLength: 1,
      maxLength: 4,
    }),
    room: fc.option(fc.record({ left: fc.nat(2), table: fc.constantFrom('blobs', 'runs') }), {
      freq: 4,
    }),
  });
  const first = { atOnce: [['import', 0] as [string, number], ['queue', 0] as [string, number]] };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const here = await openTab();
      const there = await openTab(here.name);
      for (const { atOnce, room = null } of [{ ...first, room: null }, ...steps]) {
        if (room !== null) fillUp(room.left, room.table);
        const done = await Promise.allSettled(
          atOnce.map(async ([name, which], i) => deeds[name]?.(i % 2 === 0 ? here : there, which)),
        );
        vi.restoreAllMocks();
        for (const one of done) {
          if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(TerrariumError);
        }
        await expectWhole(here);
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);
