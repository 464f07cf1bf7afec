import { ByteCells } from '../../byte-cells.ts';
import { parseNumber, trimmed } from '../../normalize.ts';
import type { Quote } from '../settings.ts';
import { FieldIndex } from './field-index.ts';
import { PlainBytes, type Marks } from './text-bytes.ts';

const LF = 10;

export const DELIMITERS = [',', ';', '\t', '|'] as const;
const SAMPLE_RECORDS = 20;

/** Tells Excel the delimiter, before the table begins. */
export const SEPARATOR_LINE = /^sep=([\t !#-&(-/:-@[-`{-~])(?:\r\n|\r|\n)/i;

/** How the fields of a text are told apart. */
export interface CsvFormat {
  readonly delimiter: string;
  /** The empty text where nothing encloses fields. */
  readonly quote: Quote;
}

export function marksOf({ delimiter, quote }: CsvFormat): Marks {
  return { delimiter: delimiter.charCodeAt(0), quote: quote === '' ? -1 : quote.charCodeAt(0) };
}

/**
 * Single quotes where no double quote stands in the text's beginning, and most of its lines have a field
 * that begins and ends with one.
 */
export function detectQuote(sample: string): Quote {
  if (sample.includes('"')) return '"';
  const lines = sample.split(/\r\n|\r|\n/, SAMPLE_RECORDS).filter((line) => line !== '');
  const quoted = lines.filter((line) => /(?:^|[,;\t|])'[^']*'(?:$|[,;\t|])/.test(line));
  return quoted.length > lines.length / 2 ? "'" : '"';
}

/**
 * Guesses the delimiter from the beginning of the text: the one under which the first records agree on
 * the largest number of fields; a comma where none does. Another one goes before a comma that parts the digits of
 * its numbers.
 * @param sample the text's beginning
 * @param complete whether the sample is the whole text
 */
export function detectDelimiter(sample: string, complete: boolean, quote: Quote): string {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const { records, malformed } = firstRecords(sample, complete, { delimiter, quote });
    if (malformed) continue;
    const filled = records.filter((record) => record.length > 1 || record[0] !== '');
    const header = filled[0]?.length ?? 1;
    if (header < 2) continue;
    const agreeing = filled.filter(({ length }) => length === header).length / filled.length;
    const score = agreeing === 1 ? header : agreeing * 0.5;
    const isDecimal = best.delimiter === ',' && agreeing === 1 && haveDecimalCommas(filled);
    if (score > best.score || isDecimal) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Whether every record below the first has a field with a comma, and each such field is a number. */
function haveDecimalCommas([, ...below]: readonly (readonly string[])[]): boolean {
  return (
    below.length > 0 &&
    below.every((record) => {
      const fields = record.filter((field) => field.includes(','));
      return (
        fields.length > 0 && fields.every((field) => parseNumber(trimmed(field), ',') !== null)
      );
    })
  );
}

/**
 * Whether the first record names the columns. It does not where it holds a number in every column whose next
 * values are all numbers, and there is such a column; but years, and numbers that count up, are names.
 */
export function detectHeader(sample: string, complete: boolean, format: CsvFormat): boolean {
  const { records } = firstRecords(sample, complete, format);
  const [first = [], ...below] = records.filter(
    (record) => record.length > 1 || record[0]?.trim() !== '',
  );
  if (below.length < 2) return true;
  const isNumber = (text: string | undefined): boolean => numberIn(text) !== null;
  const numeric = first.flatMap((_, i) => (below.every((row) => isNumber(row[i])) ? [i] : []));
  if (numeric.length === 0 || !numeric.every((i) => isNumber(first[i]))) return true;
  const values = numeric.map((i) => numberIn(first[i]) ?? NaN);
  return isCounting(values) || values.every(isYear);
}

export function numberIn(text: string | undefined): number | null {
  const clean = trimmed(text ?? '');
  return parseNumber(clean) ?? parseNumber(clean, ',');
}

function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1800 && value <= 2200;
}

function isCounting(values: readonly number[]): boolean {
  const [start = NaN] = values;
  return values.length > 1 && values.every((value, i) => value === start + i);
}

interface Sampled {
  readonly records: readonly (readonly string[])[];
  /** Whether one of them has text behind a closing quote. */
  readonly malformed: boolean;
}

/** The first records of a text under a format, 20 at most; the last one of a cut text is left out. */
export function firstRecords(sample: string, complete: boolean, format: CsvFormat): Sampled {
  const records: string[][] = [];
  const marks = marksOf(format);
  const index = new FieldIndex(
    marks,
    new PlainBytes(sample.length),
    sample.length,
    ({ fields, first }) => {
      if (records.length === SAMPLE_RECORDS) return false;
      const starts = index.starts.finish().subarray(first);
      const text = { bytes: index.bytes.all, starts, width: fields, rows: 1, ...marks };
      records.push(
        Array.from({ length: fields }, (_, i) =>
          new ByteCells({ ...text, hasEscapes: true }, i).at(0),
        ),
      );
      return false;
    },
  );
  try {
    index.push(new TextEncoder().encode(sample));
    // A line end closes what is open, unless it is in quotes.
    if (complete) index.push(Uint8Array.of(LF));
  } catch {
    return { records, malformed: records.length < SAMPLE_RECORDS };
  }
  return { records, malformed: false };
}
