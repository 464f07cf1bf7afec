import { Dexie } from 'dexie';
import { inputError } from '#core/errors.ts';
import type { Spec } from '#core/spec/spec.ts';
import { releaseBlobs } from './blobs.ts';
import { deleteCheckpoints } from './checkpoints.ts';
import type { TerrariumDatabase } from './database.ts';
import type { RunRow } from './rows.ts';
import { isLive, type RunEntity } from './entities.ts';
import { newId } from './ids.ts';
import { datasetNotFound, runNotFound, versionNotFound } from './not-found.ts';
import { observed, type Observable } from './observe.ts';
import { guardedRead, guardedWrite } from './quota.ts';

/**
 * Stores a queued run on a version of a data set, for a worker to execute.
 * @param id a new one
 * @throws TerrariumError `dataset_not_found`, `version_not_found`, `storage_full`
 */
export async function createRun(
  db: TerrariumDatabase,
  plan: { readonly datasetId: string; readonly datasetVersion: number; readonly spec: Spec },
  id: string = newId(),
): Promise<RunEntity> {
  const { datasetId, datasetVersion, spec } = plan;
  const run: RunRow = {
    id,
    datasetId,
    datasetVersion,
    name: spec.name,
    createdAt: new Date().toISOString(),
    status: 'queued',
    spec,
    modelHashes: [],
  };
  return guardedWrite(`the run ${spec.name}`, () =>
    db.transaction('rw', db.datasets, db.runs, db.heartbeats, async () => {
      const dataset = await db.datasets.get(datasetId);
      if (dataset === undefined) throw datasetNotFound(datasetId);
      if (!dataset.versions.some(({ number }) => number === datasetVersion)) {
        throw versionNotFound(dataset.name, datasetVersion);
      }
      await db.runs.add(run);
      await db.heartbeats.put({ runId: run.id, at: Date.now() });
      return run;
    }),
  );
}

/** @throws TerrariumError `run_not_found` */
export async function getRun(db: TerrariumDatabase, id: string): Promise<RunEntity> {
  const run = await guardedRead(() => db.runs.get(id));
  if (run === undefined) throw runNotFound(id);
  return run;
}

/**
 * Deletes a run, and its models where no other run has the same bytes. Deleting what is gone does
 * nothing.
 * @throws TerrariumError `run_in_progress`
 */
export async function deleteRun(db: TerrariumDatabase, id: string): Promise<void> {
  await guardedWrite('the deletion', () =>
    db.transaction('rw', db.tables, async () => {
      const run = await db.runs.get(id);
      if (run === undefined) return;
      if (isLive(run)) throw inProgress(run.name);
      await db.runs.delete(id);
      await db.heartbeats.delete(id);
      await deleteCheckpoints(db, id);
      await releaseBlobs(db, run.modelHashes);
    }),
  );
}

/** All runs, newest first. */
export function observeRuns(db: TerrariumDatabase): Observable<readonly RunEntity[]> {
  return observed(() => db.runs.orderBy('createdAt').reverse().toArray());
}

/** The runs on one data set, newest first. */
export function observeRunsOf(
  db: TerrariumDatabase,
  datasetId: string,
): Observable<readonly RunEntity[]> {
  return observed(() => runsOf(db, datasetId).reverse().toArray());
}

/** One run; undefined where there is none (any more). */
export function observeRun(db: TerrariumDatabase, id: string): Observable<RunEntity | undefined> {
  return observed(() => db.runs.get(id));
}

/** The stored runs on one data set, oldest first. */
export function runsOf(db: TerrariumDatabase, datasetId: string) {
  const index = db.runs.where('[datasetId+createdAt]');
  return index.between([datasetId, Dexie.minKey], [datasetId, Dexie.maxKey]);
}

function inProgress(name: string) {
  return inputError(
    'run_in_progress',
    `The run ${name} can't be deleted while it trains.`,
    'Wait for it to finish, or cancel it.',
  );
}
