import Papa from 'papaparse';
import { inputError } from '#core/errors.ts';
import { LineEnds } from './line-ends.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const SAMPLE_RECORDS = 20;

/**
 * Guesses the delimiter from the beginning of the text: the one under which the first records agree on
 * the largest number of fields; a comma where none does.
 * @param sample the text's beginning
 * @param complete whether the sample is the whole text
 */
export function detectDelimiter(sample: string, complete: boolean): string {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const text = new LineEnds(delimiter).push(sample, complete);
    const parser = new Papa.Parser({
      delimiter,
      newline: '\n',
      quoteChar: '"',
      preview: SAMPLE_RECORDS,
    });
    const { data, errors } = parser.parse(text, 0, !complete) as Papa.ParseResult<string[]>;
    if (errors.some((error) => error.code === 'InvalidQuotes')) continue;
    const widths = data.filter((row) => row.length > 1 || row[0] !== '').map((row) => row.length);
    const header = widths[0] ?? 1;
    if (header < 2) continue;
    const agreeing = widths.filter((width) => width === header).length / widths.length;
    const score = agreeing === 1 ? header : agreeing * 0.5;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
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

/**
 * Why bytes are not UTF-8: no text at all, where control characters are frequent among them; else
 * nearly always Latin-1 or Windows-1252.
 */
export function notUtf8Error(bytes: Uint8Array, line: number): Error {
  const control = bytes.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13);
  if (control.length > bytes.length / 100) {
    return inputError(
      'not_text',
      `The file is not text: near line ${line} it holds bytes that no text has.`,
      'Open a CSV text in UTF-8.',
      { line },
    );
  }
  return inputError(
    'encoding_latin1',
    `The file is not UTF-8: near line ${line} it holds bytes of another encoding, probably Latin-1 (Windows-1252); only UTF-8 can be read for now.`,
    'Save it as CSV with the encoding UTF-8 and open that.',
    { line },
  );
}
