import type { Reading } from '#core/data/read/settings.ts';

const formats: Record<Reading['format'], string> = {
  csv: 'text table',
  json: 'JSON',
  json_lines: 'JSON Lines',
  parquet: 'Parquet',
  text: 'plain text',
  xlsx: 'Excel workbook',
  zip: 'zip of tables',
};
const marks: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' };
const encodings: Readonly<Record<string, string>> = {
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'latin-1': 'Latin-1',
};

/** How a file was read, in words: `text table separated by commas`, `gzipped JSON`. */
export function readingText(reading: Reading): string {
  const { format, delimiter, encoding = 'utf-8', header = true, sheet, files = [] } = reading;
  if (reading.images !== undefined) {
    const { manifest } = reading.images;
    return `zip of images, labelled by ${manifest === undefined ? 'their folders' : manifest}`;
  }
  const isTexts = reading.text !== undefined && format === 'zip';
  const parts = [
    `${reading.gzip === true ? 'gzipped ' : ''}${isTexts ? 'zip of plain texts' : formats[format]}`,
  ];
  if (delimiter !== undefined) parts.push(`separated by ${marks[delimiter] ?? `“${delimiter}”`}`);
  if (encodings[encoding] !== undefined) parts.push(`in ${encodings[encoding]}`);
  if (!header) parts.push('without a header');
  if (files.length > 1) parts.push(`from ${files.length} files`);
  if (sheet !== undefined) parts.push(`sheet “${sheet}”`);
  return parts.join(' ');
}
