import { zipSync, type Zippable } from 'fflate';
import { inputError } from '#core/errors.ts';

export interface PackedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The first moment that a zip can name, in the machine's own time, which is how zips tell time. */
const mtime = new Date(1980, 0, 1);

/**
 * Packs files into one zip, stored as they are. The same files give the same bytes, in whatever order they come
 * and whenever it is done, so that the archive's hash identifies the data.
 * @throws TerrariumError where two files have one name
 */
export function packFiles(files: readonly PackedFile[]): Uint8Array<ArrayBuffer> {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const archive = new Map<string, Zippable[string]>();
  for (const { name, bytes } of sorted) {
    if (archive.has(name)) {
      throw inputError(
        'duplicate_file',
        `Two of the files are both named ${name}.`,
        'Rename one of them.',
        { name },
      );
    }
    archive.set(name, bytes);
  }
  return zipSync(Object.fromEntries(archive), { level: 0, mtime, os: 3, attrs: 0 });
}
