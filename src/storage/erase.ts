import { TerrariumError } from '#core/errors.ts';
import { DATABASE_NAME } from './database.ts';
import { databaseNames, deleteDatabase } from './private-storage.ts';

/** How long another tab may take to let go of a database. */
const PATIENCE_MS = 10_000;

/**
 * Deletes all that pages of this address keep in this browser: databases, both web storages of this tab,
 * caches, the private file system and service workers. (Terrarium sets no cookies.) Every connection of
 * this page must be closed before.
 * @throws TerrariumError `erase_blocked` where another tab does not let go
 */
export async function eraseOrigin(host: Window & typeof globalThis): Promise<void> {
  const names = new Set([DATABASE_NAME, ...(await databaseNames(host.indexedDB))]);
  await Promise.all([...names].map((name) => inTime(deleteDatabase(host.indexedDB, name))));
  host.localStorage.clear();
  host.sessionStorage.clear();
  // Browsers withhold these three from pages on plain http.
  const { caches, navigator }: Withheld = host;
  await eraseCaches(caches);
  await eraseFiles(navigator.storage);
  await endServiceWorkers(navigator.serviceWorker);
}

interface Withheld {
  readonly caches?: CacheStorage;
  readonly navigator: {
    readonly storage?: StorageManager;
    readonly serviceWorker?: ServiceWorkerContainer;
  };
}

async function eraseCaches(caches?: CacheStorage): Promise<void> {
  for (const key of (await caches?.keys()) ?? []) await caches?.delete(key);
}

async function eraseFiles(storage?: StorageManager): Promise<void> {
  const folder = await storage?.getDirectory();
  if (folder === undefined) return;
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  for (const name of names) await folder.removeEntry(name, { recursive: true });
}

async function endServiceWorkers(container?: ServiceWorkerContainer): Promise<void> {
  for (const registration of (await container?.getRegistrations()) ?? []) {
    await registration.unregister();
  }
}

async function inTime(deletion: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(blocked()), PATIENCE_MS);
  });
  await Promise.race([deletion, late]).finally(() => clearTimeout(timer));
}

function blocked(): TerrariumError {
  return new TerrariumError({
    code: 'erase_blocked',
    kind: 'storage',
    message: 'Another tab of Terrarium still uses the storage, so it could not all be erased yet.',
    hint: 'Close the other tabs of Terrarium; the deletion then ends by itself. Erase again to be sure.',
  });
}
