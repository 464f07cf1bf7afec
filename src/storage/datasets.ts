import type { DatasetInfo } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import { getBlob, keepBlob, releaseBlobs } from './blobs.ts';
import type { TerrariumDatabase } from './database.ts';
import type { DatasetEntity } from './entities.ts';
import { newId } from './ids.ts';
import { datasetNotFound } from './not-found.ts';
import { observed, type Observable } from './observe.ts';
import { guardedRead, guardedWrite } from './quota.ts';
import { runsOf } from './runs.ts';

/**
 * Stores a data set and its file together. The same bytes again give the data set that is there, also
 * when two tabs import them at the same moment.
 * @throws TerrariumError `storage_full`
 */
export async function importDataset(
  db: TerrariumDatabase,
  file: { readonly info: DatasetInfo; readonly blob: Blob },
): Promise<{ readonly dataset: DatasetEntity; readonly alreadyThere: boolean }> {
  const { info, blob } = file;
  return guardedWrite(`the data set ${info.name}`, () =>
    db.transaction('rw', db.datasets, db.blobs, async () => {
      const known = await db.datasets.get({ 'info.sha256': info.sha256 });
      await keepBlob(db, info.sha256, blob);
      if (known !== undefined) return { dataset: known, alreadyThere: true };
      const createdAt = new Date().toISOString();
      const dataset = { id: newId(), name: info.name, createdAt, info };
      await db.datasets.add(dataset);
      return { dataset, alreadyThere: false };
    }),
  );
}

/** @throws TerrariumError `dataset_not_found` */
export async function getDataset(db: TerrariumDatabase, id: string): Promise<DatasetEntity> {
  const dataset = await guardedRead(() => db.datasets.get(id));
  if (dataset === undefined) throw datasetNotFound(id);
  return dataset;
}

/** The data set with these bytes, if it was imported. */
export async function findDataset(
  db: TerrariumDatabase,
  sha256: string,
): Promise<DatasetEntity | undefined> {
  return guardedRead(() => db.datasets.get({ 'info.sha256': sha256 }));
}

/** The file as it was imported. */
export async function getDatasetFile(db: TerrariumDatabase, id: string): Promise<Blob> {
  const dataset = await getDataset(db, id);
  return getBlob(db, dataset.info.sha256);
}

/** @throws TerrariumError `dataset_not_found` */
export async function renameDataset(
  db: TerrariumDatabase,
  id: string,
  name: string,
): Promise<void> {
  const updated = await guardedWrite(`the name ${name}`, () => db.datasets.update(id, { name }));
  if (updated === 0) throw datasetNotFound(id);
}

/**
 * Deletes a data set with its runs, and every file that nothing else refers to. Deleting what is gone
 * does nothing.
 * @throws TerrariumError `dataset_in_use` while a run trains on it
 */
export async function deleteDataset(db: TerrariumDatabase, id: string): Promise<void> {
  await guardedWrite('the deletion', () =>
    db.transaction('rw', db.datasets, db.blobs, db.runs, db.heartbeats, async () => {
      const dataset = await db.datasets.get(id);
      if (dataset === undefined) return;
      const runs = await runsOf(db, id).toArray();
      const live = runs.find((run) => run.status === 'running' || run.status === 'queued');
      if (live !== undefined) throw inUse(dataset.name, live.name);
      const runIds = runs.map((run) => run.id);
      await db.runs.bulkDelete(runIds);
      await db.heartbeats.bulkDelete(runIds);
      await db.datasets.delete(id);
      await releaseBlobs(db, [dataset.info.sha256, ...runs.flatMap((run) => run.modelHashes)]);
    }),
  );
}

/** All data sets, newest first. */
export function observeDatasets(db: TerrariumDatabase): Observable<readonly DatasetEntity[]> {
  return observed(() => db.datasets.orderBy('createdAt').reverse().toArray());
}

/** One data set; undefined where there is none (any more). */
export function observeDataset(
  db: TerrariumDatabase,
  id: string,
): Observable<DatasetEntity | undefined> {
  return observed(() => db.datasets.get(id));
}

function inUse(dataset: string, run: string) {
  return inputError(
    'dataset_in_use',
    `The data set ${dataset} can't be deleted while the run ${run} trains on it.`,
    'Wait for the run to finish, or cancel it.',
  );
}
