import { packFiles, type NamedFile } from '#core/data/read/zip/pack-files.ts';
import type { ReadJob } from './read-file.ts';

/** A file, or several that are to be one data set. */
export type ChosenFile = Blob | readonly NamedFile[];

/** The file, or the pack of several. Throws as `packFiles` does. */
export async function asOneFile(
  chosen: ChosenFile,
  { signal, onProgress }: ReadJob,
): Promise<Blob> {
  if (chosen instanceof Blob) return chosen;
  return packFiles(chosen, {
    ...(signal === undefined ? {} : { signal }),
    onProgress: (bytesRead, bytesTotal) =>
      onProgress?.({ bytesRead, bytesTotal, rows: 0, packing: true }),
  });
}

/**
 * Whether all that was chosen is still there and was not written to since: the browser remembers when
 * it had been written to, and refuses to open it after that. So one look after it was read, and copied
 * into storage, vouches for both. A stream that breaks off says only "network error".
 */
export async function isAsChosen(chosen: ChosenFile): Promise<boolean> {
  const files = chosen instanceof Blob ? [chosen] : chosen.map(({ file }) => file);
  try {
    for (const file of files) await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/** What a browser says of a file that was changed, moved or unplugged after it was chosen. */
export function isUnreadable(thrown: unknown): boolean {
  return (
    thrown instanceof DOMException &&
    (thrown.name === 'NotReadableError' || thrown.name === 'NotFoundError')
  );
}
