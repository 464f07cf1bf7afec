import Papa from 'papaparse';
import { parseNumber, trimmed } from '../../normalize.ts';
import { LineEnds } from './line-ends.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const SAMPLE_RECORDS = 20;

/** How the fields of a text are told apart. */
export interface CsvFormat {
  readonly delimiter: string;
  /** The empty text where nothing encloses fields. */
  readonly quote: string;
}

/**
 * Single quotes where no double quote stands in the text's beginning, and most of its lines have a field
 * that begins and ends with one.
 */
export function detectQuote(sample: string): string {
  if (sample.includes('"')) return '"';
  const lines = sample.split(/\r\n|\r|\n/, SAMPLE_RECORDS).filter((line) => line !== '');
  const quoted = lines.filter((line) => /(?:^|[,;\t|])'[^']*'(?:$|[,;\t|])/.test(line));
  return quoted.length > lines.length / 2 ? "'" : '"';
}

/**
 * Guesses the delimiter from the beginning of the text: the one under which the first records agree on
 * the largest number of fields; a comma where none does.
 * @param sample the text's beginning
 * @param complete whether the sample is the whole text
 */
export function detectDelimiter(sample: string, complete: boolean, quote: string): string {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const { data, errors } = firstRecords(sample, complete, { delimiter, quote });
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

/**
 * Whether the first record names the columns. It does not where it holds a number in every column whose next
 * values are all numbers, and there is such a column; but years, and numbers that count up, are names.
 */
export function detectHeader(sample: string, complete: boolean, format: CsvFormat): boolean {
  const { data } = firstRecords(sample, complete, format);
  const [first = [], ...rest] = data.filter((row) => row.length > 1 || row[0]?.trim() !== '');
  const below = complete ? rest : rest.slice(0, -1);
  if (below.length < 2) return true;
  const isNumber = (text: string | undefined): boolean => numberIn(text) !== null;
  const numeric = first.flatMap((_, i) => (below.every((row) => isNumber(row[i])) ? [i] : []));
  if (numeric.length === 0 || !numeric.every((i) => isNumber(first[i]))) return true;
  const values = numeric.map((i) => numberIn(first[i]) ?? NaN);
  return isCounting(values) || values.every(isYear);
}

function numberIn(text: string | undefined): number | null {
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

function firstRecords(
  sample: string,
  complete: boolean,
  { delimiter, quote }: CsvFormat,
): Papa.ParseResult<string[]> {
  const text = new LineEnds(delimiter, quote).push(sample, complete);
  return newParser({ delimiter, quote }, SAMPLE_RECORDS).parse(
    text,
    0,
    !complete,
  ) as Papa.ParseResult<string[]>;
}

/** A parser of text whose lines all end in \n. */
export function newParser({ delimiter, quote }: CsvFormat, preview = 0): Papa.Parser {
  // Papaparse has no "no quotes"; a character that no text has is none.
  return new Papa.Parser({ delimiter, newline: '\n', quoteChar: quote || '\0', preview });
}
