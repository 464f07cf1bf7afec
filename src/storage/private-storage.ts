import { DATABASE_NAME } from './database.ts';
import { newId } from './ids.ts';
import { webLocks } from './liveness.ts';

/*
 * A private session keeps its data in a database of a random name. Its page holds a Web Lock of that
 * name, which the browser releases however the page ends; a database without its lock is nobody's, and
 * whoever opens Terrarium next deletes it.
 */
const PRIVATE_PREFIX = `${DATABASE_NAME}-private-`;

export function privateDatabaseName(): string {
  return PRIVATE_PREFIX + newId();
}

/** Whether this browser can tell that a private session's page is gone; it can't on plain http. */
export function canBePrivate(): boolean {
  return webLocks() !== null;
}

/** Holds a private database for as long as this page lives. Before the database is first opened. */
export function holdPrivateDatabase(name: string): void {
  void webLocks()?.request(name, () => new Promise<never>(() => undefined));
}

/**
 * Deletes private databases whose page is gone.
 * @returns how many
 */
export async function sweepPrivateDatabases(
  factory: IDBFactory,
  locks: LockManager | null = webLocks(),
): Promise<number> {
  if (locks === null) return 0;
  const names = (await databaseNames(factory)).filter((name) => name.startsWith(PRIVATE_PREFIX));
  const swept = names.map((name) =>
    locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock === null) return false;
      await deleteDatabase(factory, name);
      return true;
    }),
  );
  return (await Promise.all(swept)).filter((gone) => gone).length;
}

/** Names of all databases of this origin; none where the browser does not tell. */
export async function databaseNames(factory: IDBFactory): Promise<readonly string[]> {
  const host: { readonly databases?: IDBFactory['databases'] } = factory;
  const found = (await host.databases?.call(factory)) ?? [];
  return found.flatMap(({ name }) => name ?? []);
}

/** Deletes a database once its connections, which are told, have closed. @throws DOMException */
export function deleteDatabase(factory: IDBFactory, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = factory.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new DOMException(`${name} can't be deleted`));
  });
}
