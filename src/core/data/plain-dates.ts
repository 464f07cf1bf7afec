import { ByteCells } from './byte-cells.ts';
import type { Cells } from './cells.ts';
import { daysSince1970 } from './iso-time.ts';
import { trimmed } from './normalize.ts';
import { daysIn, writtenDate } from './parse-date.ts';

/**
 * A column whose dates are all written in one plain form of ISO 8601, as nearly all are: `2024-02-29`,
 * `2024-02-29T13:05:07`, that with a `Z`, or with a space in place of the `T`. A time stands for its text then, and no text need be made.
 */
export interface PlainDates {
  /** Milliseconds since 1970 of each row, NaN for missing. */
  readonly times: Float64Array;
  readonly missing: number;
  /** Count of each text that means "missing", the empty one left out. */
  readonly missingTexts: ReadonlyMap<string, number>;
  readonly form: PlainForm;
}

export type PlainForm =
  'YYYY-MM-DD' | 'YYYY-MM-DD hh:mm:ss' | 'YYYY-MM-DDThh:mm:ss' | 'YYYY-MM-DDThh:mm:ssZ';

/** First and last milliseconds since 1970 of the years 0 to 9999, which have four digits. */
export const PLAIN_TIMES = { first: -62_167_219_200_000, last: 253_402_300_799_000 } as const;

/** A column of which the file stored times, not texts. */
export class DateCells implements Cells {
  readonly numbers = null;
  readonly dates: PlainDates;

  /** @param times milliseconds since 1970, whole seconds within `PLAIN_TIMES`; NaN for none */
  constructor(times: Float64Array, form: PlainForm) {
    let missing = 0;
    for (let row = 0; row < times.length; row += 1) if (Number.isNaN(times[row])) missing += 1;
    this.dates = { times, missing, missingTexts: new Map(), form };
  }

  get length(): number {
    return this.dates.times.length;
  }

  at(row: number): string {
    const time = this.dates.times[row] ?? NaN;
    return Number.isNaN(time) ? '' : plainText(time, this.dates.form);
  }

  isBare(row: number, bytes: number): boolean {
    return this.at(row).length > bytes;
  }

  codePointsAt(row: number): number {
    return this.at(row).length;
  }

  slice(from: number, to: number): string[] {
    return Array.from(this.dates.times.subarray(from, to), (_, i) => this.at(from + i));
  }
}

/** A time as the column writes it. */
export function plainText(time: number, form: PlainForm): string {
  const iso = new Date(time).toISOString();
  switch (form) {
    case 'YYYY-MM-DD':
      return iso.slice(0, 10);
    case 'YYYY-MM-DD hh:mm:ss':
      return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
    case 'YYYY-MM-DDThh:mm:ss':
      return iso.slice(0, 19);
    case 'YYYY-MM-DDThh:mm:ssZ':
      return `${iso.slice(0, 19)}Z`;
  }
}

/**
 * @param missing trimmed texts that mean "missing"
 * @returns null where a cell is anything else, or none is a date
 */
export function readPlainDates(cells: Cells, missing: readonly string[]): PlainDates | null {
  if (missing.some((token) => writtenDate(token) !== null)) return null;
  if (cells instanceof DateCells) return cells.dates;
  return cells instanceof ByteCells ? fromBytes(cells, new Set(missing)) : null;
}

function fromBytes(cells: ByteCells, tokens: ReadonlySet<string>): PlainDates | null {
  if (isPartOfDates(cells.text.delimiter)) return null;
  const { bytes, starts, width, quote, delimiter } = cells.text;
  const { column, length } = cells;
  const missingTexts = new Map<string, number>();
  const times = new Float64Array(length);
  let form: PlainForm | null = null;
  let missingCount = 0;
  for (let row = 0; row < length; row += 1) {
    const start = starts[row * width + column] ?? 0;
    const isQuoted = bytes[start] === quote;
    const from = isQuoted ? start + 1 : start;
    const found = formAt(bytes, from, isQuoted ? quote : delimiter, isQuoted);
    const time = found === null ? NaN : timeAt(bytes, from, found);
    if (found !== null && !Number.isNaN(time)) {
      form ??= found;
      if (found !== form) return null;
      times[row] = time;
      continue;
    }
    const text = trimmed(cells.at(row));
    if (text !== '' && !tokens.has(text)) return null;
    if (text !== '') missingTexts.set(text, (missingTexts.get(text) ?? 0) + 1);
    missingCount += 1;
    times[row] = NaN;
  }
  return form === null ? null : { times, missing: missingCount, missingTexts, form };
}

const LF = 10;
const CR = 13;
const SPACE = 32;
const DASH = 45;
const ZERO = 48;
const COLON = 58;
const T = 84;
const Z = 90;

/** Whether a date itself would be cut by the delimiter. */
function isPartOfDates(delimiter: number): boolean {
  return (
    delimiter === DASH ||
    (delimiter >= ZERO && delimiter <= COLON) ||
    delimiter === T ||
    delimiter === Z
  );
}

/** The form that a cell has by its length and its marks, its digits not looked at. */
function formAt(bytes: Uint8Array, at: number, end: number, isQuoted: boolean): PlainForm | null {
  if (bytes[at + 4] !== DASH || bytes[at + 7] !== DASH) return null;
  if (isEnd(bytes, at + 10, end, isQuoted)) return 'YYYY-MM-DD';
  if (bytes[at + 13] !== COLON || bytes[at + 16] !== COLON) return null;
  const isZulu = bytes[at + 19] === Z;
  if (!isEnd(bytes, isZulu ? at + 20 : at + 19, end, isQuoted)) return null;
  if (bytes[at + 10] === T) return isZulu ? 'YYYY-MM-DDThh:mm:ssZ' : 'YYYY-MM-DDThh:mm:ss';
  return bytes[at + 10] === SPACE && !isZulu ? 'YYYY-MM-DD hh:mm:ss' : null;
}

function isEnd(bytes: Uint8Array, at: number, end: number, isQuoted: boolean): boolean {
  const byte = bytes[at];
  if (isQuoted) return byte === end && bytes[at + 1] !== end;
  return byte === end || byte === LF || byte === CR;
}

/** Milliseconds since 1970; NaN where a digit is none, or no calendar or clock shows them. */
function timeAt(bytes: Uint8Array, at: number, form: PlainForm): number {
  const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  // One digit that is none makes a sum NaN, and no comparison with NaN holds.
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) {
    return NaN;
  }
  const date = daysSince1970(year, month, day) * 86_400_000;
  if (form === 'YYYY-MM-DD') return date;
  const hour = twoDigits(bytes, at + 11);
  const minute = twoDigits(bytes, at + 14);
  const second = twoDigits(bytes, at + 17);
  if (!(hour < 24 && minute < 60 && second < 60)) return NaN;
  return date + (hour * 3600 + minute * 60 + second) * 1000;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const high = (bytes[at] ?? 0) - ZERO;
  const low = (bytes[at + 1] ?? 0) - ZERO;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : NaN;
}
