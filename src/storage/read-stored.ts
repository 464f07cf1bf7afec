import { readTable, type ReadOptions } from '#core/data/dataset.ts';
import { settingsOf } from '#core/data/read/settings.ts';
import type { Dataset } from '#core/data/table.ts';
import type { TerrariumDatabase } from './database.ts';
import { getDataset, getDatasetFile } from './datasets.ts';

/** Which stored file: a version of a data set. */
export interface StoredFile {
  readonly datasetId: string;
  readonly version: number;
}

/**
 * Reads a version again from its file, in the way in which it was read when it was imported.
 * @throws TerrariumError `dataset_not_found`, `version_not_found`, `blob_missing`, or `cancelled`
 */
export async function readStored(
  db: TerrariumDatabase,
  { datasetId, version }: StoredFile,
  hearing: Pick<ReadOptions, 'signal' | 'onProgress'> = {},
): Promise<Dataset> {
  const { info } = await getDataset(db, datasetId, version);
  const file = await getDatasetFile(db, datasetId, version);
  const { table } = await readTable(file.stream(), info.name, {
    ...hearing,
    size: file.size,
    settings: settingsOf(info.reading, info.settings),
  });
  return { info, table };
}
