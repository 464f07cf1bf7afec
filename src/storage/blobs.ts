import { TerrariumError } from '#core/errors.ts';
import type { TerrariumDatabase } from './database.ts';
import { guardedRead } from './quota.ts';

/**
 * Keeps bytes under their SHA-256; bytes already there stay as they are. Inside the transaction of
 * the entity that refers to them, so that no blob is without one.
 */
export async function keepBlob(db: TerrariumDatabase, sha256: string, blob: Blob): Promise<void> {
  if ((await db.blobs.where('sha256').equals(sha256).count()) > 0) return;
  await db.blobs.add({ sha256, bytes: blob.size, createdAt: new Date().toISOString(), blob });
}

/** Deletes those of the blobs that no data set, run or extractor refers to any more, with their profiles; in a transaction. */
export async function releaseBlobs(
  db: TerrariumDatabase,
  hashes: readonly string[],
): Promise<void> {
  for (const sha256 of new Set(hashes)) {
    const datasets = await db.datasets.where('hashes').equals(sha256).count();
    const runs = await db.runs.where('modelHashes').equals(sha256).count();
    const extractors = await db.extractors.where('sha256').equals(sha256).count();
    if (datasets + runs + extractors > 0) continue;
    await db.blobs.delete(sha256);
    await db.profiles.delete(sha256);
  }
}

/** @throws TerrariumError `blob_missing` */
export async function getBlob(db: TerrariumDatabase, sha256: string): Promise<Blob> {
  const entity = await guardedRead(() => db.blobs.get(sha256));
  if (entity !== undefined) return entity.blob;
  throw new TerrariumError({
    code: 'blob_missing',
    kind: 'storage',
    message: `The stored file ${sha256.slice(0, 12)}… is no longer in this browser's storage.`,
    hint: 'Import the data set again, or run the experiment again.',
    details: { sha256 },
  });
}
