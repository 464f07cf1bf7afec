import { readDataset } from '#core/data/dataset.ts';
import type { ReadOptions } from '#core/data/read-csv.ts';
import type { Table } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import type { TerrariumDatabase } from './database.ts';
import { importDataset } from './datasets.ts';
import type { DatasetEntity } from './entities.ts';

/**
 * Reads a file as a data set and stores it.
 * @throws TerrariumError naming what can't be read and where, `file_unreadable`, or `storage_full`
 */
export async function importFile(
  db: TerrariumDatabase,
  { file, name }: { readonly file: Blob; readonly name: string },
  options: ReadOptions,
): Promise<{
  readonly dataset: DatasetEntity;
  readonly alreadyThere: boolean;
  readonly table: Table;
}> {
  try {
    const { info, table } = await readDataset(file.stream(), name, options);
    // A slice is a plain Blob: a File would keep its name and date on that person's disk.
    return { ...(await importDataset(db, { info, blob: file.slice() })), table };
  } catch (thrown) {
    throw isUnreadable(thrown) ? unreadable(name) : thrown;
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
