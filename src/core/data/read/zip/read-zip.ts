import { inputError, TerrariumError } from '#core/errors.ts';
import { appendTables, type NamedTable } from '../../append-tables.ts';
import type { Doubt } from '../../table.ts';
import { openFile } from '../file-bytes.ts';
import { imageFilesIn } from '../images/image-files.ts';
import { readImages } from '../images/read-images.ts';
import { allOf, type FileBytes, type Reader } from '../reader.ts';
import type { ReadSettings } from '../settings.ts';
import { ZipArchive, type ZipEntry } from './zip-archive.ts';

/** What file managers put into archives besides what one packed. */
const JUNK = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i;

type FindReader = (head: Uint8Array, name: string, settings: ReadSettings) => Reader;

/** More tables than anyone keeps by hand; each costs a reader of its own. */
const MAX_TABLES = 10_000;

/**
 * A zip of tables with the same columns: one data set, its files in the order of their names. Or a zip of images.
 * @param readerFor finds the reader of an entry, by its beginning, its name and what is settled of the archive
 */
export function zipReader(readerFor: FindReader): Reader {
  return {
    format: 'zip',
    recognizes: (head) => head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5),
    async read(file, settings, { unlabelled = false } = {}) {
      const archive = await ZipArchive.open(await file.all());
      archive.checkNames();
      const images = imageFilesIn(archive.entries);
      if (images !== null) {
        const around = { archive, file, rows: 0, settings, readerFor };
        const readManifest = (entry: ZipEntry) => readEntry(entry, around);
        return readImages(images, { archive, file, readManifest, unlabelled });
      }
      const entries = tablesIn(archive);
      const parts: NamedTable[] = [];
      const doubts: Doubt[] = [];
      const texts: (string | undefined)[] = [];
      let rows = 0;
      for (const entry of entries) {
        const part = await readEntry(entry, { archive, file, rows, settings, readerFor });
        parts.push({ name: entry.name, table: part.table });
        texts.push(part.reading.text);
        rows += part.table.rowCount;
        file.rowsRead(rows);
        doubts.push(
          ...part.doubts.map(({ message, ...doubt }) => ({
            ...doubt,
            message: entries.length === 1 ? message : `${entry.name}: ${message}`,
          })),
        );
      }
      const files = entries.map(({ name }) => name);
      const [text] = texts;
      const isText = text !== undefined && texts.every((one) => one === text);
      const reading = { format: 'zip', files, ...(isText ? { text } : {}) } as const;
      return { table: appendTables(parts), doubts, reading };
    },
  };
}

function tablesIn({ entries }: ZipArchive): ZipEntry[] {
  const files = entries.filter(({ name }) => !name.endsWith('/') && !JUNK.test(name));
  if (files.length === 0) {
    throw inputError(
      'empty_archive',
      'The zip archive holds no files.',
      'Pack one or more tables into it.',
    );
  }
  if (files.length > MAX_TABLES) {
    throw inputError(
      'too_many_files',
      `The archive holds ${files.length} files, and one data set has at most ${MAX_TABLES} tables.`,
      'Put their rows into fewer files, for example one Parquet file.',
      { count: files.length },
    );
  }
  const sorted = files.sort((a, b) => (a.name < b.name ? -1 : 1));
  const twin = sorted.find((entry, i) => entry.name === sorted[i + 1]?.name);
  if (twin === undefined) return sorted;
  throw inputError(
    'duplicate_file',
    `The archive holds two files named ${twin.name}.`,
    'Pack it again with one of them.',
    { entry: twin.name },
  );
}

async function readEntry(
  entry: ZipEntry,
  around: {
    readonly archive: ZipArchive;
    readonly file: FileBytes;
    readonly rows: number;
    readonly settings: ReadSettings;
    readonly readerFor: FindReader;
  },
): ReturnType<Reader['read']> {
  const pieces = around.archive.unpack(entry);
  const source = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
  try {
    const opened = await openFile(source, {});
    const chunks = heard(opened.chunks, around.file);
    const bytes: FileBytes = {
      ...opened,
      rowsRead: (count) => around.file.rowsRead(around.rows + count),
      breathe: () => around.file.breathe(),
      chunks,
      all: () => allOf(chunks, opened.sizeHint),
    };
    return await around
      .readerFor(opened.head, entry.name, around.settings)
      .read(bytes, around.settings);
  } catch (thrown) {
    throw inEntry(thrown, entry);
  }
}

async function* heard(
  chunks: AsyncIterable<Uint8Array>,
  file: FileBytes,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    await file.breathe();
    yield chunk;
  }
}

function inEntry(thrown: unknown, { name }: ZipEntry): unknown {
  if (!(thrown instanceof TerrariumError) || thrown.kind !== 'input') return thrown;
  const { message, ...failure } = thrown.toData();
  if (message.includes(name)) return thrown;
  return new TerrariumError({ ...failure, message: `${name}: ${message}` });
}
