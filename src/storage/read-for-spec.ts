import { readDataset } from '#core/data/dataset.ts';
import type { Dataset } from '#core/data/table.ts';
import type { Spec } from '#core/spec/spec.ts';
import { getBlob } from './blobs.ts';
import type { TerrariumDatabase } from './database.ts';
import { getDataset } from './datasets.ts';
import type { StoredFile } from './read-version.ts';

/**
 * Reads a stored version as a spec says, and not as it was read last: a run is what its spec defines.
 * @throws TerrariumError `dataset_not_found`, `version_not_found`, `blob_missing`, or as `readDataset` does
 */
export async function readForSpec(
  db: TerrariumDatabase,
  { datasetId, version }: StoredFile,
  spec: Spec,
  signal: AbortSignal,
): Promise<Dataset> {
  const { info } = await getDataset(db, datasetId, version);
  const file = await getBlob(db, info.sha256);
  const settings = spec.data.read ?? {};
  return readDataset(file.stream(), info.name, { signal, size: file.size, settings });
}
