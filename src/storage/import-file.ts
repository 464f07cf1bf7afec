import { readDataset, type ReadOptions } from '#core/data/dataset.ts';
import type { Table } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import type { TerrariumDatabase } from './database.ts';
import { importDataset, type Placing } from './datasets.ts';
import type { DatasetEntity } from './entities.ts';
import { deleteVersion } from './versions.ts';

/**
 * Reads a file as a data set, or as a new version of one, and stores it. What is stored is what was
 * read: a file that is written to meanwhile is refused, and nothing of it stays.
 * @throws TerrariumError naming what can't be read and where, `file_unreadable`, or `storage_full`
 */
export async function importFile(
  db: TerrariumDatabase,
  source: { readonly file: Blob; readonly name: string; readonly placing?: Placing },
  options: ReadOptions,
): Promise<{
  readonly dataset: DatasetEntity;
  readonly alreadyThere: boolean;
  readonly table: Table;
}> {
  const { file, name, placing } = source;
  try {
    const { info, table } = await readDataset(file.stream(), name, options);
    if (info.bytes !== file.size) throw unreadable(name);
    // A slice is a plain Blob: a File would keep its name and date on that person's disk.
    const imported = await importDataset(db, { info, blob: file.slice() }, placing);
    await refuseChanged(db, file, imported);
    return { ...imported, table };
  } catch (thrown) {
    throw isUnreadable(thrown) ? unreadable(name) : thrown;
  }
}

/**
 * The browser remembers when a file had been written to as it was chosen, and refuses to open one that
 * was written to since. So a look at it after it was read and copied vouches for both.
 */
async function refuseChanged(
  db: TerrariumDatabase,
  file: Blob,
  { dataset, alreadyThere }: { readonly dataset: DatasetEntity; readonly alreadyThere: boolean },
): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch (thrown) {
    if (!alreadyThere) await deleteVersion(db, dataset.id, dataset.version);
    throw thrown;
  }
}

/** What a browser says of a file that was changed, moved or unplugged after it was chosen. */
function isUnreadable(thrown: unknown): boolean {
  return (
    thrown instanceof DOMException &&
    (thrown.name === 'NotReadableError' || thrown.name === 'NotFoundError')
  );
}

function unreadable(name: string) {
  return inputError(
    'file_unreadable',
    `The file ${name} could not be read to its end: it was changed, moved or taken away meanwhile.`,
    'Choose the file again.',
  );
}
