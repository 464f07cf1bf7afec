import { TerrariumError } from '#core/errors.ts';

function newerVersionError(): TerrariumError {
  return new TerrariumError({
    code: 'storage_newer',
    kind: 'storage',
    message:
      "This browser's storage was written by a newer version of Terrarium than the one in this tab.",
    hint: 'Reload the page to get the newer version. Nothing was changed or lost.',
  });
}

/**
 * The browser's IndexedDB, refusing to open a database of a later version. Dexie meets a VersionError
 * by opening again without a version and mending the schema back to the one it knows; an old tab must
 * not do that to a newer tab's data.
 */
export function refusingNewerVersions(factory: IDBFactory): IDBFactory {
  return {
    open(name: string, version?: number): IDBOpenDBRequest {
      if (version === undefined) throw newerVersionError();
      return factory.open(name, version);
    },
    deleteDatabase: (name) => factory.deleteDatabase(name),
    databases: () => factory.databases(),
    cmp: (first, second) => factory.cmp(first, second),
  };
}
