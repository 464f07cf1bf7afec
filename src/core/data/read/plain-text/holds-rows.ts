import {
  DELIMITERS,
  detectQuote,
  firstRecords,
  numberIn,
  SEPARATOR_LINE,
} from '../csv/detect-format.ts';
import { encodingOf } from '../decode-text.ts';
import { jsonHead } from '../json/read-json.ts';

/** So long a beginning may be cut in the middle of a line. */
const CUT_FROM = 1 << 16;
/** Signs that prose has none of: a line or two may have another number of them, which the table's reader then names. */
const UNLIKE_PROSE = ['\t', '|'];
const LEAST_SHARE = 0.9;

type Rows = readonly (readonly string[])[];

/** Whether a file that is called a text clearly holds rows: JSON, fields parted by a sign, or numbers under one another. */
export function holdsRows(head: Uint8Array): boolean {
  if (/^(\[\s*\{|\{\s*")/.test(jsonHead(head))) return true;
  const sample = textOf(head);
  if (SEPARATOR_LINE.test(sample)) return true;
  const quote = detectQuote(sample);
  return DELIMITERS.some((delimiter) => {
    const format = { delimiter, quote };
    const { records, malformed } = firstRecords(sample, head.length < CUT_FROM, format);
    const rows = records.filter((record) => record.length > 1 || record[0]?.trim() !== '');
    return !malformed && areFields(rows, delimiter);
  });
}

/** The beginning as text; of another encoding than Unicode the letters are wrong, and its signs are right. */
function textOf(head: Uint8Array): string {
  const encoding = encodingOf(head);
  return new TextDecoder(encoding === 'latin-1' ? 'utf-8' : (encoding ?? 'utf-8')).decode(head);
}

function areFields(rows: Rows, delimiter: string): boolean {
  const [first = [], ...below] = rows;
  if (first.length === 1) {
    // A list of numbers, with a name or without one.
    const areAlone = rows.every((row) => row.length === 1);
    return areAlone && below.length >= 2 && below.every((row) => numberIn(row[0]) !== null);
  }
  const agreeing = rows.filter((row) => row.length === first.length).length / rows.length;
  const isUnlikeProse = UNLIKE_PROSE.includes(delimiter);
  if (below.length === 0 || agreeing < (isUnlikeProse ? LEAST_SHARE : 1)) return false;
  // An indented text has nothing before its tabs.
  if (rows.every((row) => row[0]?.trim() === '')) return false;
  return isUnlikeProse || !isPunctuated(rows);
}

/** In prose white space or the line's end follows on a comma; and in "name, age" numbers stand under one another. */
function isPunctuated([first = [], ...below]: Rows): boolean {
  const isSpaced = [first, ...below].every((row) =>
    row.slice(1).every((field) => field === '' || /^\s/.test(field)),
  );
  const hasNumbers = first.some((_, i) => below.every((row) => numberIn(row[i]) !== null));
  return isSpaced && !hasNumbers;
}
