import type { DatasetInfo } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import { getBlob, keepBlob, releaseBlobs } from './blobs.ts';
import type { TerrariumDatabase } from './database.ts';
import type { DatasetRow } from './rows.ts';
import type { DatasetEntity } from './entities.ts';
import { datasetNotFound, versionNotFound } from './not-found.ts';
import { observed, type Observable } from './observe.ts';
import { versionedBy } from './place-version.ts';
import { guardedRead, guardedWrite } from './quota.ts';
import { runsOf } from './runs.ts';
import { atVersion, deleteRuns, firstOf, grown } from './versions.ts';

/** Where a file came from, and where the person wants it; without either it is placed by its name. */
export interface Placing {
  readonly from: 'file' | 'sample';
  /** Id of the data set that it is a new version of. */
  readonly versionOf?: string;
}

/**
 * Stores a file as a data set, or as a new version of one: of the one that the placing names, else of
 * one whose file had the same name and at least half of the columns. The same bytes again give the
 * version that is there, also when two tabs import them at the same moment.
 * @returns the data set at the version with these bytes
 * @throws TerrariumError `storage_full`, `dataset_not_found`
 */
export async function importDataset(
  db: TerrariumDatabase,
  file: { readonly info: DatasetInfo; readonly blob: Blob },
  placing: Placing = { from: 'file' },
): Promise<{ readonly dataset: DatasetEntity; readonly alreadyThere: boolean }> {
  const { info, blob } = file;
  return guardedWrite(`the data set ${info.name}`, () =>
    db.transaction('rw', db.datasets, db.blobs, async () => {
      const known = await db.datasets.get({ hashes: info.sha256 });
      await keepBlob(db, info.sha256, blob);
      if (known !== undefined) return { dataset: withBytes(known, info), alreadyThere: true };
      const row = await placed(db, info, placing);
      await db.datasets.put(row);
      return { dataset: withBytes(row, info), alreadyThere: false };
    }),
  );
}

/** The row that holds a new file: a new one, or one that has grown by a version. */
async function placed(
  db: TerrariumDatabase,
  info: DatasetInfo,
  { from, versionOf }: Placing,
): Promise<DatasetRow> {
  const createdAt = new Date().toISOString();
  const byHand = { createdAt, info, origin: { from, placed: 'by-hand' as const } };
  if (versionOf !== undefined) {
    const chosen = await db.datasets.get(versionOf);
    if (chosen === undefined) throw datasetNotFound(versionOf);
    return grown(chosen, byHand);
  }
  const fitting = versionedBy(await db.datasets.toArray(), info);
  if (fitting === undefined) return firstOf(info.name, byHand);
  return grown(fitting, { createdAt, info, origin: { from, placed: 'by-name' } });
}

function withBytes(row: DatasetRow, { sha256 }: DatasetInfo): DatasetEntity {
  const number = row.versions.find((version) => version.info.sha256 === sha256)?.number;
  const dataset = atVersion(row, number);
  if (dataset === undefined) throw datasetNotFound(row.id);
  return dataset;
}

/**
 * A data set at a version, the newest where none is named.
 * @throws TerrariumError `dataset_not_found`, `version_not_found`
 */
export async function getDataset(
  db: TerrariumDatabase,
  id: string,
  version?: number,
): Promise<DatasetEntity> {
  const row = await guardedRead(() => db.datasets.get(id));
  if (row === undefined) throw datasetNotFound(id);
  const dataset = atVersion(row, version);
  if (dataset === undefined) throw versionNotFound(row.name, version ?? 0);
  return dataset;
}

/** A version's file as it was imported; the newest version's where none is named. */
export async function getDatasetFile(
  db: TerrariumDatabase,
  id: string,
  version?: number,
): Promise<Blob> {
  const dataset = await getDataset(db, id, version);
  return getBlob(db, dataset.info.sha256);
}

/** @throws TerrariumError `dataset_not_found`, `no_name` */
export async function renameDataset(
  db: TerrariumDatabase,
  id: string,
  name: string,
): Promise<void> {
  const trimmed = name.trim();
  if (trimmed === '') throw inputError('no_name', 'A data set needs a name.', 'Write one.');
  const updated = await guardedWrite(`the name ${trimmed}`, () =>
    db.datasets.update(id, { name: trimmed }),
  );
  if (updated === 0) throw datasetNotFound(id);
}

/**
 * Deletes a data set with its versions and its runs, and every file that nothing else refers to.
 * Deleting what is gone does nothing.
 * @throws TerrariumError `dataset_in_use` while a run trains on it
 */
export async function deleteDataset(db: TerrariumDatabase, id: string): Promise<void> {
  await guardedWrite('the deletion', () =>
    db.transaction('rw', db.tables, async () => {
      const dataset = await db.datasets.get(id);
      if (dataset === undefined) return;
      const runs = await runsOf(db, id).toArray();
      await deleteRuns(db, dataset.name, runs);
      await db.datasets.delete(id);
      await releaseBlobs(db, [...dataset.hashes, ...runs.flatMap((run) => run.modelHashes)]);
    }),
  );
}

/** All data sets at their newest versions, the newest data set first. */
export function observeDatasets(db: TerrariumDatabase): Observable<readonly DatasetEntity[]> {
  return observed(async () => {
    const rows = await db.datasets.orderBy('createdAt').reverse().toArray();
    return rows.flatMap((row) => atVersion(row) ?? []);
  });
}

/** One data set at its newest version; undefined where there is none (any more). */
export function observeDataset(
  db: TerrariumDatabase,
  id: string,
): Observable<DatasetEntity | undefined> {
  return observed(async () => {
    const row = await db.datasets.get(id);
    return row === undefined ? undefined : atVersion(row);
  });
}
