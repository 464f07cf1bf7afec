import { readDataset, type ReadOptions } from '#core/data/dataset.ts';
import type { Table } from '#core/data/table.ts';
import { inputError, TerrariumError } from '#core/errors.ts';
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
    const { info, table } = await readDataset(file.stream(), name, { ...options, size: file.size });
    if (info.bytes !== file.size) throw unreadable(name);
    // A slice is a plain Blob: a File would keep its name and date on that person's disk.
    const imported = await importDataset(db, { info, blob: file.slice() }, placing);
    if (await isAsChosen(file)) return { ...imported, table };
    const { id, version } = imported.dataset;
    if (!imported.alreadyThere) await deleteVersion(db, id, version);
    throw unreadable(name);
  } catch (thrown) {
    if (thrown instanceof TerrariumError) throw thrown;
    throw isUnreadable(thrown) || !(await isAsChosen(file)) ? unreadable(name) : thrown;
  }
}

/**
 * Whether a file is still there and was not written to since it was chosen: the browser remembers when
 * it had been written to, and refuses to open it after that. So one look after it was read, and copied
 * into storage, vouches for both. A stream that breaks off says only "network error".
 */
async function isAsChosen(file: Blob): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
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
