import { createCRC32, type IHasher } from 'hash-wasm';
import { inputError } from '#core/errors.ts';
import { Breather } from '#core/breather.ts';
import { MAX_ENTRIES, MAX_UNPACKED } from './zip-archive.ts';
import { directoryEntry, endRecord, localHeader, type StoredEntry } from './zip-headers.ts';

const GIB = 1024 * 1024 * 1024;

/** Up to so many bytes a file is read at once. */
const SMALL = 1 << 20;

/** A file by its name, with its folders where they matter. */
export interface NamedFile {
  readonly name: string;
  readonly file: Blob;
}

export interface PackOptions {
  readonly signal?: AbortSignal;
  /** Called with the bytes of the files that were looked through, and with all they have. */
  readonly onProgress?: (bytesRead: number, bytesTotal: number) => void;
}

/**
 * Packs files into one zip, stored as they are. The same files give the same bytes, in whatever order they come
 * and whenever it is done, so that the archive's hash identifies the data. The archive refers to the files: their
 * bytes are looked through once for their checksums, and never held.
 * @throws TerrariumError where two files have one name, one changes meanwhile, or they are too many or too large
 */
export async function packFiles(
  files: readonly NamedFile[],
  { signal, onProgress }: PackOptions = {},
): Promise<Blob> {
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const total = sorted.reduce((bytes, { file }) => bytes + file.size, 0);
  refuseTwins(sorted);
  refuseExcess(sorted.length, total);
  const parts: BlobPart[] = [];
  const entries: StoredEntry[] = [];
  let at = 0;
  let before = 0;
  const work = { hasher: await createCRC32(), breather: new Breather(signal) };
  for (const { name, file } of sorted) {
    const read = (bytes: number): void => onProgress?.(before + bytes, total);
    const crc = await checksum({ name, file }, work, read);
    const entry = { name: new TextEncoder().encode(name), size: file.size, crc, at };
    const header = localHeader(entry);
    entries.push(entry);
    parts.push(header, file);
    at += header.length + file.size;
    before += file.size;
  }
  const directory = entries.map(directoryEntry);
  const size = directory.reduce((bytes, one) => bytes + one.length, 0);
  return new Blob([...parts, ...directory, endRecord(entries.length, at, size)]);
}

async function checksum(
  { name, file }: NamedFile,
  { hasher, breather }: { readonly hasher: IHasher; readonly breather: Breather },
  onRead: (bytes: number) => void,
): Promise<number> {
  const crc = hasher.init();
  let bytes = 0;
  for await (const chunk of chunksOf(file)) {
    await breather.breathe();
    crc.update(chunk);
    bytes += chunk.byteLength;
    onRead(bytes);
  }
  if (bytes === file.size) return parseInt(crc.digest(), 16);
  throw inputError(
    'file_unreadable',
    `The file ${name} was changed, moved or taken away while it was read.`,
    'Choose the files again.',
    { file: name },
  );
}

/** Not the stream's own iterator, which Safari lacks. */
async function* chunksOf(file: Blob): AsyncGenerator<Uint8Array> {
  // Of ten thousand small images a stream each would take longest.
  if (file.size <= SMALL) {
    yield new Uint8Array(await file.arrayBuffer());
    return;
  }
  const reader = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function refuseTwins(sorted: readonly NamedFile[]): void {
  const twin = sorted.find(({ name }, i) => name === sorted[i + 1]?.name);
  if (twin === undefined) return;
  throw inputError(
    'duplicate_file',
    `Two of the files are both named ${twin.name}.`,
    'Rename one of them.',
    { name: twin.name },
  );
}

function refuseExcess(count: number, bytes: number): void {
  if (count > MAX_ENTRIES) {
    throw inputError(
      'too_many_files',
      `There are ${count} files, and one data set holds at most ${MAX_ENTRIES}.`,
      'Choose fewer of them.',
      { count },
    );
  }
  if (bytes > MAX_UNPACKED) {
    throw inputError(
      'files_too_large',
      `The files have ${(bytes / GIB).toFixed(1)} GiB together, and as one data set they may have at most ${MAX_UNPACKED / GIB} GiB.`,
      'Choose fewer of them, or put their rows into one Parquet file.',
      { bytes },
    );
  }
}
