import * as v from 'valibot';
import { readTable, type ReadOptions } from '#core/data/dataset.ts';
import { readSettingsSchema } from '#core/data/read/settings.ts';
import type { Dataset } from '#core/data/table.ts';
import { getBlob } from './blobs.ts';
import type { TerrariumDatabase } from './database.ts';
import { getDataset } from './datasets.ts';

/** Which stored file: a version of a data set. */
export interface StoredFile {
  readonly datasetId: string;
  /** Its number. */
  readonly version: number;
}

/**
 * Reads a stored file in the way it was read when it was imported; what was found in it then is not
 * searched for again.
 * @throws TerrariumError `dataset_not_found`, `version_not_found`, `blob_missing`
 */
export async function readVersion(
  db: TerrariumDatabase,
  { datasetId, version }: StoredFile,
  options: Omit<ReadOptions, 'settings'> = {},
): Promise<Dataset> {
  const { info } = await getDataset(db, datasetId, version);
  const file = await getBlob(db, info.sha256);
  // Of what was found, that which can be settled; the files in a zip were read by the settings alone.
  const found = v.parse(v.object(readSettingsSchema.entries), info.reading);
  const settings = { ...info.settings, ...found };
  const { table } = await readTable(file.stream(), info.name, {
    ...options,
    size: file.size,
    sha256: info.sha256,
    settings,
  });
  return { info, table };
}
