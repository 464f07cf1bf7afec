import Papa from 'papaparse';
import { inputError } from '#core/errors.ts';

/** How a delimited file is written. */
export interface CsvFormat {
  readonly delimiter: string;
  readonly newline: '\n' | '\r\n' | '\r';
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
const SAMPLE_RECORDS = 20;

/**
 * Guesses delimiter and newline from the beginning of the text: the delimiter under which the first
 * records agree on the largest number of fields; a comma where none does.
 * @param sample the text's beginning
 * @param complete whether the sample is the whole text
 */
export function detectFormat(sample: string, complete: boolean): CsvFormat {
  const newline = detectNewline(sample);
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const { data } = new Papa.Parser({
      delimiter,
      newline,
      quoteChar: '"',
      preview: SAMPLE_RECORDS,
    }).parse(sample, 0, !complete) as { data: string[][] };
    const widths = data.filter((row) => row.length > 1 || row[0] !== '').map((row) => row.length);
    const header = widths[0] ?? 1;
    if (header < 2) continue;
    const agreeing = widths.filter((width) => width === header).length / widths.length;
    const score = agreeing === 1 ? header : agreeing * 0.5;
    if (score > best.score) best = { delimiter, score };
  }
  return { delimiter: best.delimiter, newline };
}

/** The first line end outside quotes decides. */
function detectNewline(sample: string): CsvFormat['newline'] {
  let quoted = false;
  for (let i = 0; i < sample.length; i += 1) {
    const char = sample[i];
    if (char === '"') quoted = !quoted;
    else if (!quoted && char === '\n') return '\n';
    else if (!quoted && char === '\r') return sample[i + 1] === '\n' ? '\r\n' : '\r';
  }
  return sample.includes('\r\n') ? '\r\n' : '\n';
}

const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    what: 'a zip archive (Excel .xlsx files are zip archives too)',
  },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file' },
  { bytes: [0x1f, 0x8b], what: 'a gzip archive' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG picture' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a JPEG picture' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel or Word file' },
];

/** Refuses, by name, a file whose first bytes say that it is no UTF-8 text. */
export function refuseKnownBinary(head: Uint8Array): void {
  for (const { bytes, what } of SIGNATURES) {
    if (bytes.every((byte, i) => head[i] === byte)) {
      throw inputError(
        'not_text',
        `The file is ${what}, not a CSV text.`,
        'Save the table as CSV in UTF-8 and open that.',
      );
    }
  }
  const bom =
    head[0] === 0xff && head[1] === 0xfe
      ? 'LE'
      : head[0] === 0xfe && head[1] === 0xff
        ? 'BE'
        : null;
  if (bom !== null || looksLikeUtf16(head)) {
    throw inputError(
      'encoding_utf16',
      `The file is encoded as UTF-16${bom === null ? '' : ` ${bom}`}; only UTF-8 can be read for now.`,
      'Save it as CSV with the encoding UTF-8 and open that.',
    );
  }
  if (head.includes(0)) {
    throw inputError(
      'not_text',
      'The file is not text: it has zero bytes.',
      'Open a CSV text in UTF-8.',
    );
  }
}

/** Latin text in UTF-16 without a byte order mark has a zero in every other byte. */
function looksLikeUtf16(head: Uint8Array): boolean {
  const length = Math.min(head.length & ~1, 256);
  if (length < 4) return false;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (head[i] === 0) even += 1;
    if (head[i + 1] === 0) odd += 1;
  }
  const half = length / 2;
  return (even > 0.7 * half && odd < 0.1 * half) || (odd > 0.7 * half && even < 0.1 * half);
}

/** The bytes are not UTF-8: nearly always a Latin-1 or Windows-1252 file. */
export function notUtf8Error(line: number): Error {
  return inputError(
    'encoding_latin1',
    `The file is not UTF-8: near line ${line} it holds bytes of another encoding, probably Latin-1 (Windows-1252); only UTF-8 can be read for now.`,
    'Save it as CSV with the encoding UTF-8 and open that.',
    { line },
  );
}
