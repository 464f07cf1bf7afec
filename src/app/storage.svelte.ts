import { forgetCaches as forgetCachesIn } from '#storage/caches.ts';
import { deleteExtractor } from '#storage/extractors.ts';
import { askToPersist, storageSpace, type StorageSpace } from '#storage/space.ts';
import { observeUse, type StorageUse } from '#storage/use.ts';
import { database } from './database.ts';
import { Live } from './live.ts';

export type { DatasetUse, RunUse, StorageUse } from '#storage/use.ts';

/** What takes space in this browser. */
export const use = new Live<StorageUse>(observeUse(database));

/** Deletes profiles and timings. */
export async function forgetCaches(): Promise<void> {
  await forgetCachesIn(database);
}

/** Deletes the file of a network that a person brought. */
export async function removeExtractor(sha256: string): Promise<void> {
  await deleteExtractor(database, sha256);
}

/** What the browser grants. */
class Space {
  #latest: StorageSpace | null = $state.raw(null);

  /** Null until the first look, and where the browser does not say. */
  get latest(): StorageSpace | null {
    return this.#latest;
  }

  async look(): Promise<void> {
    this.#latest = await storageSpace();
  }

  /** @returns whether the browser promised to keep what is stored */
  async askToPersist(): Promise<boolean> {
    const promised = await askToPersist();
    await this.look();
    return promised;
  }
}

export const space = new Space();
