import { Dexie, type Table } from 'dexie';
import type {
  BlobEntity,
  DatasetEntity,
  HeartbeatEntity,
  RunEntity,
  SettingEntity,
} from './entities.ts';
import { storageFailure } from './failures.ts';
import { refusingNewerVersions } from './version-guard.ts';

export const DATABASE_NAME = 'terrarium';
export const SCHEMA_VERSION = 1;

/** A run as it is stored: the hashes of its models once more, as an index can hold them. */
export interface RunRow extends RunEntity {
  readonly modelHashes: readonly string[];
}

/** All that Terrarium keeps in this browser. Repositories read and write it; nothing else does. */
export class TerrariumDatabase extends Dexie {
  declare readonly datasets: Table<DatasetEntity, string>;
  declare readonly blobs: Table<BlobEntity, string>;
  declare readonly runs: Table<RunRow, string>;
  declare readonly heartbeats: Table<HeartbeatEntity, string>;
  declare readonly settings: Table<SettingEntity, string>;

  constructor(name: string = DATABASE_NAME) {
    super(name, guardedFactory());
    this.version(SCHEMA_VERSION).stores({
      datasets: 'id, &info.sha256, createdAt',
      blobs: 'sha256',
      runs: 'id, createdAt, status, [datasetId+createdAt], *modelHashes',
      heartbeats: 'runId',
      settings: 'key',
    });
  }

  /**
   * Calls back when another tab has opened a newer version of the database, or deleted it. This
   * connection is closed by then, and the page should ask for a reload.
   */
  onReplaced(callback: () => void): void {
    this.on('versionchange', callback);
  }
}

let ours: TerrariumDatabase | null = null;

/**
 * The database of this page or worker, open; one connection, however often it is asked for.
 * @throws TerrariumError `storage_newer` or `storage_unavailable`
 */
export async function openStorage(): Promise<TerrariumDatabase> {
  ours ??= new TerrariumDatabase();
  return opened(ours);
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
