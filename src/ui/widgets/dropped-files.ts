import type { NamedFile } from '#core/data/read/zip/pack-files.ts';

/** What was dropped: files, or all files of folders by their paths. */
export type Dropped =
  | { readonly kind: 'files'; readonly files: readonly File[] }
  | { readonly kind: 'folder'; readonly files: readonly NamedFile[] };

/**
 * To be called within the event: its data is gone after it.
 * @throws DOMException where a folder cannot be read
 */
export function droppedFiles(transfer: DataTransfer | null): Promise<Dropped> {
  const files = [...(transfer?.files ?? [])];
  const entries = [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (!entries.some(({ isDirectory }) => isDirectory)) {
    return Promise.resolve({ kind: 'files', files });
  }
  return filesIn(entries).then((found) => ({ kind: 'folder', files: found }));
}

/** Files of folders in folders, one folder after the other: a page may open only so many at a time. */
async function filesIn(entries: readonly FileSystemEntry[]): Promise<NamedFile[]> {
  const found: NamedFile[] = [];
  for (const entry of entries) {
    if (isFile(entry)) found.push({ name: entry.fullPath.slice(1), file: await fileOf(entry) });
    else if (isFolder(entry)) found.push(...(await filesIn(await childrenOf(entry))));
  }
  return found;
}

/** A reader gives at most a hundred at a time, and none at the end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return children;
    children.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
