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
   * Calls back once when another tab has opened a newer version of the database: this connection is
   * closed by then, and the page should ask its reader to reload.
   */
  onReplaced(callback: () => void): void {
    this.on('versionchange', callback);
  }
}

/**
 * Opens storage, or says in a sentence why it can't be.
 * @throws TerrariumError `storage_newer` or `storage_unavailable`
 */
export async function openDatabase(name: string = DATABASE_NAME): Promise<TerrariumDatabase> {
  const database = new TerrariumDatabase(name);
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
