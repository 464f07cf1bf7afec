import { createReadStream } from 'node:fs';
import {
  access,
  constants,
  mkdir,
  open,
  readFile,
  rename,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { readDataset } from '#core/data/dataset.ts';
import type { Purpose } from '#core/data/read/reader.ts';
import type { ReadSettings } from '#core/data/read/settings.ts';
import { packFiles, type NamedFile } from '#core/data/read/zip/pack-files.ts';
import { packName } from '#core/data/read/zip/pack-name.ts';
import type { Dataset } from '#core/data/table.ts';
import { inputError, TerrariumError } from '#core/errors.ts';
import type { SpecSource } from '#core/spec/spec.ts';
import { packFolder } from './folder.ts';

/** Reads a data file from disk, a folder of images, or several files as one data set: the same pack, with the same hash, as on the page. */
export async function openDataset(
  source: SpecSource,
  settings: ReadSettings = {},
  purpose: Purpose = {},
): Promise<Dataset> {
  const [path = '', ...more] = typeof source === 'string' ? [source] : source;
  if (more.length > 0) return openPack([path, ...more], settings);
  try {
    if (await isFolder(path)) {
      const { name, file } = await packFolder(path);
      return await readDataset(file.stream(), name, { ...purpose, settings, size: file.size });
    }
    const { size } = await stat(path);
    const stream = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
    return await readDataset(stream, basename(path), { ...purpose, settings, size });
  } catch (thrown) {
    if (!(thrown instanceof TerrariumError)) throw thrown;
    const { message, ...failure } = thrown.toData();
    throw new TerrariumError({ ...failure, message: `${path}: ${message}` });
  }
}

/** Rows that another program writes into a pipe. */
export async function openPiped(settings: ReadSettings, purpose: Purpose): Promise<Dataset> {
  const stream = Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>;
  return readDataset(stream, 'stdin', { ...purpose, settings });
}

async function openPack(paths: readonly string[], settings: ReadSettings): Promise<Dataset> {
  for (const path of paths) if (await isFolder(path)) throw notAFile(path);
  const files: NamedFile[] = [];
  for (const path of paths) {
    files.push({ name: basename(path), file: new Blob([await readBytes(path)]) });
  }
  const pack = await packFiles(files);
  const name = packName(files.map((file) => file.name));
  return readDataset(pack.stream(), name, { settings, size: pack.size });
}

/** Whether it is a folder, and no file. @throws TerrariumError where it is neither */
async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  // A pipe is what the shell's <(…) gives, and ends; a device such as /dev/zero may not.
  if (found.isFile() || found.isFIFO() || found.isDirectory()) return found.isDirectory();
  throw notAFile(path);
}

function notAFile(path: string): Error {
  return inputError('not_a_file', `${path} is not a file.`, 'Give a file of data.');
}

export async function readText(path: string): Promise<string> {
  return (await readBytes(path)).toString('utf8');
}

export async function readBytes(path: string): Promise<Buffer<ArrayBuffer>> {
  return readFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
}

/** Makes a folder ready for writing, before any work is spent on what goes into it. */
export async function prepareFolder(path: string): Promise<void> {
  try {
    await makeFolder(resolve(path), path);
    await access(path, constants.W_OK);
  } catch (error) {
    throw error instanceof TerrariumError ? error : unwritable(path, error);
  }
}

/**
 * Makes a folder and those above it, one at a time: Node's recursive mkdir never ends where the system
 * answers "no such file" for a folder that it will not make, as under /proc.
 */
async function makeFolder(path: string, wanted: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() === true) return;
  if (found !== null) throw notAFolder(path, wanted);
  if (dirname(path) !== path) await makeFolder(dirname(path), wanted);
  await mkdir(path);
}

function notAFolder(path: string, wanted: string): Error {
  return inputError(
    'output_unwritable',
    `The results cannot go into the folder ${wanted}: ${path} is a file.`,
    'Name a folder that is there, or one that can be made.',
    { path },
  );
}

export async function writeOutput(path: string, contents: string | Uint8Array): Promise<void> {
  await writeFile(path, contents).catch((error: unknown) => {
    throw unwritable(path, error);
  });
}

/** Writes a file as a whole: whoever is killed in the middle leaves the one that was there before. */
export async function writeWhole(path: string, contents: string | Uint8Array): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    const file = await open(unfinished, 'w');
    await file
      .writeFile(contents)
      .then(() => file.datasync())
      .finally(() => file.close());
    await rename(unfinished, path);
  } catch (error) {
    throw unwritable(path, error);
  }
}

export async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function unreadable(path: string, error: unknown): Error {
  const code = codeOf(error);
  return inputError(
    'file_unreadable',
    code === 'ENOENT' ? `There is no file ${path}.` : `The file ${path} cannot be read (${code}).`,
    'Check the path and its permissions.',
    { path },
  );
}

export function unwritable(path: string, error: unknown): Error {
  return inputError(
    'output_unwritable',
    `The output ${path} cannot be written (${codeOf(error)}).`,
    'Choose another place, or change its permissions.',
    { path },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
