import type { DatasetInfo } from '#core/data/table.ts';
import type { TerrariumDatabase } from './database.ts';
import { datasetNotFound, versionNotFound } from './not-found.ts';
import { guardedWrite } from './quota.ts';
import type { StoredFile } from './read-version.ts';

/**
 * Puts what another reading of a version's bytes found in the place of what was found before. Its bytes,
 * number, origin and runs stay; runs carry their own `data.read`, so that each replays as it was made. The
 * profile goes, since it describes the columns as they were read.
 * @throws TerrariumError `dataset_not_found`, `version_not_found`, `storage_full`
 */
export async function replaceInfo(
  db: TerrariumDatabase,
  { datasetId, version: number }: StoredFile,
  info: DatasetInfo,
): Promise<void> {
  await guardedWrite(`how ${info.name} is read`, () =>
    db.transaction('rw', db.datasets, db.profiles, async () => {
      const row = await db.datasets.get(datasetId);
      if (row === undefined) throw datasetNotFound(datasetId);
      const read = row.versions.find((version) => version.number === number);
      if (read === undefined) throw versionNotFound(row.name, number);
      if (read.info.sha256 !== info.sha256) throw new RangeError('another file than was read');
      const versions = row.versions.map((one) => (one === read ? { ...one, info } : one));
      await db.datasets.put({ ...row, versions });
      await db.profiles.delete(info.sha256);
    }),
  );
}
