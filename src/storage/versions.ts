import { inputError } from '#core/errors.ts';
import { releaseBlobs } from './blobs.ts';
import { deleteCheckpoints } from './checkpoints.ts';
import type { TerrariumDatabase } from './database.ts';
import type { DatasetRow, RunRow } from './rows.ts';
import { isLive, type DatasetEntity, type DatasetVersion } from './entities.ts';
import { newId } from './ids.ts';
import { datasetNotFound, versionNotFound } from './not-found.ts';
import { guardedWrite } from './quota.ts';
import { runsOf } from './runs.ts';

/** A data set at one of its versions, the newest where none is named; undefined where there is none. */
export function atVersion(
  dataset: Omit<DatasetRow, 'hashes' | 'lastNumber'>,
  number?: number,
): DatasetEntity | undefined {
  const { id, name, createdAt, versions } = dataset;
  const version =
    number === undefined ? versions.at(-1) : versions.find((one) => one.number === number);
  if (version === undefined) return undefined;
  return { id, name, createdAt, version: version.number, info: version.info, versions };
}

/** The row with one more version, which has a number that no version of it had before. */
export function grown(row: DatasetRow, version: Omit<DatasetVersion, 'number'>): DatasetRow {
  const lastNumber = row.lastNumber + 1;
  const versions = [...row.versions, { ...version, number: lastNumber }];
  return withHashes({ ...row, versions, lastNumber });
}

/** A new data set of one version. */
export function firstOf(name: string, version: Omit<DatasetVersion, 'number'>): DatasetRow {
  const { createdAt } = version;
  const empty = { id: newId(), name, createdAt, versions: [], lastNumber: 0, hashes: [] };
  return grown(empty, version);
}

/**
 * Deletes a version with the runs on it, and every file that nothing else refers to; with the last
 * version goes the data set. Deleting what is gone does nothing.
 * @throws TerrariumError `dataset_in_use` while a run trains on it
 */
export async function deleteVersion(
  db: TerrariumDatabase,
  id: string,
  number: number,
): Promise<void> {
  await guardedWrite('the deletion', () =>
    db.transaction('rw', db.tables, async () => {
      const row = await db.datasets.get(id);
      const doomed = row?.versions.find((version) => version.number === number);
      if (row === undefined || doomed === undefined) return;
      const runs = await runsOf(db, id)
        .filter((run) => run.datasetVersion === number)
        .toArray();
      await deleteRuns(db, row.name, runs);
      const versions = row.versions.filter((version) => version !== doomed);
      if (versions.length === 0) await db.datasets.delete(id);
      else await db.datasets.put(withHashes({ ...row, versions }));
      await releaseBlobs(db, [doomed.info.sha256, ...runs.flatMap((run) => run.modelHashes)]);
    }),
  );
}

/** Says that a version that was placed by its name belongs where it is. */
export async function confirmVersion(
  db: TerrariumDatabase,
  id: string,
  number: number,
): Promise<void> {
  await changed(db, id, number, async (row, version) => {
    const sure = { ...version, origin: { ...version.origin, placed: 'by-hand' as const } };
    const versions = row.versions.map((one) => (one === version ? sure : one));
    await db.datasets.put({ ...row, versions });
    return id;
  });
}

/**
 * Makes a version a data set of its own, with the runs on it.
 * @returns the new data set's id
 * @throws TerrariumError `only_version`, `version_not_found`, or `dataset_in_use` while a run trains on it
 */
export async function setApart(db: TerrariumDatabase, id: string, number: number): Promise<string> {
  return changed(db, id, number, async (row, version) => {
    if (row.versions.length === 1) throw onlyVersion(row.name);
    const runs = await runsOf(db, id)
      .filter((run) => run.datasetVersion === number)
      .toArray();
    refuseLive(row.name, runs);
    const { createdAt, info, origin } = version;
    const apart = firstOf(info.name, {
      createdAt,
      info,
      origin: { ...origin, placed: 'by-hand' },
    });
    const versions = row.versions.filter((one) => one !== version);
    // The old data set first: a hash belongs to one data set at a time.
    await db.datasets.put(withHashes({ ...row, versions }));
    await db.datasets.add(apart);
    await db.runs.bulkPut(runs.map((run) => ({ ...run, datasetId: apart.id, datasetVersion: 1 })));
    return apart.id;
  });
}

/** Deletes runs on a data set, without their models' bytes; in a transaction. */
export async function deleteRuns(
  db: TerrariumDatabase,
  dataset: string,
  runs: readonly RunRow[],
): Promise<void> {
  refuseLive(dataset, runs);
  const ids = runs.map((run) => run.id);
  await db.runs.bulkDelete(ids);
  await db.heartbeats.bulkDelete(ids);
  for (const id of ids) await deleteCheckpoints(db, id);
}

function withHashes(row: DatasetRow): DatasetRow {
  return { ...row, hashes: row.versions.map((version) => version.info.sha256) };
}

async function changed(
  db: TerrariumDatabase,
  id: string,
  number: number,
  change: (row: DatasetRow, version: DatasetVersion) => Promise<string>,
): Promise<string> {
  return guardedWrite('the change', () =>
    db.transaction('rw', db.datasets, db.runs, async () => {
      const row = await db.datasets.get(id);
      if (row === undefined) throw datasetNotFound(id);
      const version = row.versions.find((one) => one.number === number);
      if (version === undefined) throw versionNotFound(row.name, number);
      return change(row, version);
    }),
  );
}

function refuseLive(dataset: string, runs: readonly RunRow[]): void {
  const live = runs.find(isLive);
  if (live === undefined) return;
  throw inputError(
    'dataset_in_use',
    `The data set ${dataset} can't be changed while the run ${live.name} trains on it.`,
    'Wait for the run to finish, or cancel it.',
  );
}

function onlyVersion(name: string) {
  return inputError(
    'only_version',
    `${name} has only this version, so it is a data set of its own already.`,
    'To give it another name, rename it.',
  );
}
