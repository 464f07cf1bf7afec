import type { Dataset } from '#core/data/table.ts';
import { getBlob } from './blobs.ts';
import type { TerrariumDatabase } from './database.ts';
import { getDataset } from './datasets.ts';
import { readFile, type ReadJob } from './read-file.ts';
import type { StoredFile } from './read-version.ts';
import { replaceInfo } from './replace-info.ts';

/**
 * Reads a version's bytes as the settings say, and the rest as it is found; the version is read so from then
 * on. Where that fails, it stays as it was. A run that is under way goes on with what its own spec says.
 * @throws TerrariumError that says why the file cannot be read so, or `dataset_not_found`,
 *   `version_not_found`, `blob_missing`
 */
export async function readAgain(
  db: TerrariumDatabase,
  of: StoredFile,
  job: ReadJob,
): Promise<Dataset> {
  const { info } = await getDataset(db, of.datasetId, of.version);
  const dataset = await readFile(await getBlob(db, info.sha256), info.name, job);
  await replaceInfo(db, of, dataset.info);
  return dataset;
}
