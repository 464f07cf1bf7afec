import { Dexie, type Table } from 'dexie';
import type {
  BlobEntity,
  CheckpointEntity,
  ExtractorEntity,
  HeartbeatEntity,
  ProfileEntity,
  SettingEntity,
} from './entities.ts';
import { storageFailure } from './failures.ts';
import type { DatasetRow, RunRow } from './rows.ts';
import { defineSchema } from './schema.ts';
import { refusingNewerVersions } from './version-guard.ts';

export const DATABASE_NAME = 'terrarium';

/** All that Terrarium keeps in this browser. Repositories read and write it; nothing else does. */
export class TerrariumDatabase extends Dexie {
  declare readonly datasets: Table<DatasetRow, string>;
  declare readonly blobs: Table<BlobEntity, string>;
  declare readonly runs: Table<RunRow, string>;
  declare readonly heartbeats: Table<HeartbeatEntity, string>;
  declare readonly checkpoints: Table<CheckpointEntity, [string, string]>;
  declare readonly extractors: Table<ExtractorEntity, string>;
  declare readonly settings: Table<SettingEntity, string>;
  declare readonly profiles: Table<ProfileEntity, string>;

  constructor(name: string = DATABASE_NAME) {
    super(name, guardedFactory());
    defineSchema(this);
    // Who writes on would make anew what another tab erases. Dexie's own listener, which comes after this one, would have it
    // open again with the next query: false ends the round.
    this.on('versionchange', ({ newVersion }) => {
      if (newVersion !== null) return true;
      this.close({ disableAutoOpen: true });
      return false;
    });
  }

  /**
   * Calls back when another tab has opened a newer version of the database, or is about to delete it.
   * This connection is closed by then.
   */
  onReplaced(callback: (by: 'newer' | 'nothing') => void): void {
    this.on('versionchange', (event) => callback(event.newVersion === null ? 'nothing' : 'newer'));
  }
}

let ours: TerrariumDatabase | null = null;

/**
 * The database of this worker, open; one connection, however often it is asked for. A page that keeps
 * its data in a database of another name starts its workers with that name.
 * @throws TerrariumError `storage_newer` or `storage_unavailable`
 */
export async function openStorage(): Promise<TerrariumDatabase> {
  ours ??= new TerrariumDatabase(nameOfWorker() ?? DATABASE_NAME);
  return opened(ours);
}

/** The name that a worker was started with, if it is a database's; a page's window may be called anything. */
function nameOfWorker(): string | null {
  const host: { readonly name?: string; readonly document?: unknown } = globalThis;
  const isDatabase = host.document === undefined && host.name?.startsWith(DATABASE_NAME) === true;
  return isDatabase ? (host.name ?? null) : null;
}

/** A connection of its own, under any name. Throws as `openStorage` does. */
export async function openDatabase(name: string): Promise<TerrariumDatabase> {
  return opened(new TerrariumDatabase(name));
}

async function opened(database: TerrariumDatabase): Promise<TerrariumDatabase> {
  try {
    await database.open();
    return database;
  } catch (thrown) {
    throw storageFailure(thrown);
  }
}

/** Nothing where the browser has no IndexedDB: opening then says so. */
function guardedFactory() {
  const host: { readonly indexedDB?: IDBFactory } = globalThis;
  return host.indexedDB ? { indexedDB: refusingNewerVersions(host.indexedDB) } : {};
}
