import { diffDatasets, type DatasetDiff } from '#core/data/diff/diff-datasets.ts';
import type { Dataset } from '#core/data/table.ts';
import type { TerrariumDatabase } from './database.ts';
import { getDataset } from './datasets.ts';
import { readVersion } from './read-version.ts';

export interface VersionPair {
  readonly datasetId: string;
  /** Numbers of the versions. */
  readonly before: number;
  readonly after: number;
  /** The column that tells rows apart; null compares whole rows. */
  readonly key: string | null;
}

interface Hearing {
  readonly signal: AbortSignal;
  /** Hears the share that is done, 0 to 1. */
  readonly onProgress: (done: number) => void;
}

/** Reading each file counts for a third of the work, comparing for the last. */
const THIRD = 1 / 3;

/**
 * Reads two stored versions of a data set and compares them.
 * @throws TerrariumError `dataset_not_found`, `version_not_found`, `blob_missing`, or see `diffDatasets`
 */
export async function compareVersions(
  db: TerrariumDatabase,
  { datasetId, before, after, key }: VersionPair,
  { signal, onProgress }: Hearing,
): Promise<DatasetDiff> {
  const sizes = new Map<number, number>();
  for (const version of [before, after]) {
    sizes.set(version, (await getDataset(db, datasetId, version)).info.bytes);
  }
  const read = async (version: number, done: number): Promise<Dataset> => {
    const hear = (bytes: number): void => {
      onProgress(done + (THIRD * bytes) / Math.max(1, sizes.get(version) ?? 1));
    };
    return readVersion(db, { datasetId, version }, { signal, onProgress: hear });
  };
  const earlier = await read(before, 0);
  const later = await read(after, THIRD);
  return diffDatasets(earlier, later, {
    key,
    signal,
    onProgress: (done) => onProgress(2 * THIRD + THIRD * done),
  });
}
