import type { Dataset } from '#core/data/table.ts';
import { inputError, TerrariumError } from '#core/errors.ts';
import type { ImportedVersion } from '#core/protocol/data-worker.ts';
import { asOneFile, isAsChosen, isUnreadable, type ChosenFile } from './chosen-file.ts';
import type { TerrariumDatabase } from './database.ts';
import { importDataset, type Placing } from './datasets.ts';
import type { DatasetEntity } from './entities.ts';
import { readFile, type ReadJob } from './read-file.ts';
import { replaceInfo } from './replace-info.ts';
import { deleteVersion } from './versions.ts';

/**
 * Reads a file, or several packed into one, as a data set, or as a new version of one, and stores it. What is
 * stored is what was read: a file that is written to meanwhile is refused, and nothing of it stays. A file that is
 * there already is read from then on as the settings say, if there are any.
 * @throws TerrariumError naming what can't be read and where, `file_unreadable`, or `storage_full`
 */
export async function importFile(
  db: TerrariumDatabase,
  source: { readonly file: ChosenFile; readonly name: string } & Partial<Placing>,
  job: ReadJob,
): Promise<Dataset & { readonly dataset: DatasetEntity; readonly imported: ImportedVersion }> {
  const { file: chosen, name, from = 'file', ...placing } = source;
  try {
    const file = await asOneFile(chosen, job);
    const { info, table } = await readFile(file, name, job);
    if (info.bytes !== file.size) throw unreadable(name);
    // A slice is a plain Blob: a File would keep its name and date on that person's disk.
    const blob = file.slice();
    const { dataset, alreadyThere } = await importDataset(db, { info, blob }, { from, ...placing });
    const of = { datasetId: dataset.id, version: dataset.version };
    if (await isAsChosen(chosen)) {
      if (alreadyThere && info.settings !== undefined) await replaceInfo(db, of, info);
      return { info, table, dataset, imported: { ...of, alreadyThere } };
    }
    if (!alreadyThere) await deleteVersion(db, of.datasetId, of.version);
    throw unreadable(name);
  } catch (thrown) {
    if (thrown instanceof TerrariumError) throw thrown;
    throw isUnreadable(thrown) || !(await isAsChosen(chosen)) ? unreadable(name) : thrown;
  }
}

function unreadable(name: string) {
  return inputError(
    'file_unreadable',
    `The file ${name} could not be read to its end: it was changed, moved or taken away meanwhile.`,
    'Choose the file again.',
  );
}
