import { inputError } from '#core/errors.ts';
import { fileKind } from '../images/archive-names.ts';
import type { NamedFile } from './pack-files.ts';
import { packName } from './pack-name.ts';

/**
 * The files of chosen folders, by their paths, as they are to be packed: without what is hidden and what file managers
 * add, so that the same images give the same bytes on every machine.
 * @returns them with a name for the archive, after the folders
 * @throws TerrariumError `empty_folder`
 */
export function folderFiles(files: readonly NamedFile[]): {
  readonly name: string;
  readonly files: readonly NamedFile[];
} {
  const folders = [...new Set(files.map(({ name }) => name.split('/', 1)[0] ?? ''))];
  const kept = files.filter(({ name }) => fileKind(name) !== 'junk');
  if (kept.length === 0) {
    throw inputError(
      'empty_folder',
      'The folder holds no files.',
      'Choose the folder that holds the folders of images, or drop a file.',
    );
  }
  return {
    name: folders.length === 1 ? `${folders[0] ?? ''}.zip` : packName(folders),
    files: kept,
  };
}
