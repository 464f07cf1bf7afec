import { inputError } from '#core/errors.ts';
import { csvReader } from './csv/read-csv.ts';
import { jsonReader } from './json/read-json.ts';
import { jsonLinesReader } from './json/read-json-lines.ts';
import { parquetReader } from './parquet/read-parquet.ts';
import { plainTextReader } from './plain-text/read-plain-text.ts';
import type { Reader } from './reader.ts';
import { refuseOwnFiles } from './refuse-own-files.ts';
import type { ReadSettings } from './settings.ts';
import { xlsxReader } from './xlsx/read-xlsx.ts';
import { zipReader } from './zip/read-zip.ts';

/** Formats of one table in one file. */
const tables: readonly Reader[] = [
  parquetReader,
  xlsxReader,
  plainTextReader,
  jsonLinesReader,
  jsonReader,
  csvReader,
];

/** The formats that can be read; the first that recognizes a file reads it, and text tables take the rest. */
export const readers: readonly Reader[] = [
  xlsxReader,
  zipReader((head, name, settings) =>
    chosen(tables, head, name, { ...settings, format: undefined }),
  ),
  ...tables.filter((reader) => reader !== xlsxReader),
];

const foreign: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a zip archive' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG picture' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a JPEG picture' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'a Zstandard archive' },
  { bytes: [0x42, 0x5a, 0x68], what: 'a bzip2 archive' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], what: 'a 7-Zip archive' },
];

/** @throws TerrariumError for a file that is of a known kind, and of none that can be read */
export function readerFor(head: Uint8Array, name: string, settings: ReadSettings): Reader {
  if (settings.format === undefined) refuseOwnFiles(head, name.toLowerCase().replace(/\.gz$/, ''));
  return chosen(readers, head, name, settings);
}

function chosen(
  among: readonly Reader[],
  head: Uint8Array,
  name: string,
  { format, delimiter, quote, header }: ReadSettings,
): Reader {
  const plain = name.toLowerCase().replace(/\.gz$/, '');
  // Who says what parts the fields of a .txt says that it has some.
  const hasFields = (delimiter ?? quote ?? header) !== undefined;
  const reader = among.find((one) =>
    format === undefined
      ? !(hasFields && one === plainTextReader) && one.recognizes(head, plain)
      : one.format === format,
  );
  if (reader === undefined) throw new RangeError(`no reader for ${format ?? plain}`);
  const found = foreign.find(({ bytes }) => bytes.every((byte, i) => head[i] === byte));
  if ((reader.format === 'csv' || reader.format === 'text') && found !== undefined) {
    throw inputError(
      'not_text',
      `The file is ${found.what}, and no ${reader.format === 'text' ? 'text' : 'table'} that can be read.`,
      /picture$/.test(found.what)
        ? 'Put images into folders named for their labels, and choose the folder around them, or a zip of it.'
        : 'Open a CSV, JSON, Parquet or Excel (.xlsx) file.',
    );
  }
  return reader;
}
