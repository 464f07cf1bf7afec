import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { folderFiles } from '#core/data/read/zip/folder-files.ts';
import { packFiles, type NamedFile } from '#core/data/read/zip/pack-files.ts';

/**
 * A folder packed into one file, with its name: the same bytes as where it is chosen on the page.
 * @throws TerrariumError `empty_folder`, or what `packFiles` throws
 */
export async function packFolder(
  path: string,
): Promise<{ readonly name: string; readonly file: Blob }> {
  const { name, files } = folderFiles(await filesIn(resolve(path), basename(resolve(path))));
  return { name, file: await packFiles(files) };
}

/** All files below a folder, by their paths from its name on; links are not followed. */
async function filesIn(folder: string, named: string): Promise<NamedFile[]> {
  const found: NamedFile[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const [path, name] = [join(folder, entry.name), `${named}/${entry.name}`];
    if (entry.isDirectory()) found.push(...(await filesIn(path, name)));
    else if (entry.isFile()) found.push({ name, file: new Blob([await readFile(path)]) });
  }
  return found;
}
