import { usualDate, type DateGuess } from './date-notations.ts';

/** Which of two numbers before the year is the day. ISO dates put the year first and need none. */
export type DateOrder = 'day_first' | 'month_first';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const LONG_MONTHS = [
  'january', 'february', 'march', 'april', 'may', 'june',
  'july', 'august', 'september', 'october', 'november', 'december',
]; // prettier-ignore

const TIME = String.raw`(?:(?:[T ]|,? +)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?([AaPp]\.?[Mm]\.?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}$`);
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${TIME}$`);
const DAY_MONTH_NAME = new RegExp(
  String.raw`^(\d{1,2})\.?[- ]([A-Za-z]{3,9})\.?[- ](\d{4})${TIME}$`,
);
const MONTH_NAME_DAY = new RegExp(String.raw`^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})${TIME}$`);

/** A date as it is written, before it is known which of two numbers is the day. */
export interface WrittenDate {
  readonly year: number;
  /** Month and day as the order says, or certain. */
  readonly first: number;
  readonly second: number;
  /** Whether `first` and `second` could be either. */
  readonly needsOrder: boolean;
  /** `T12:30:00`, with the fraction and `Z` where there are any; the empty text for a date alone. */
  readonly time: string;
  /** The text itself where it is in ISO 8601 as it stands. */
  readonly iso?: string;
  /** Days to add because an offset crosses midnight. */
  readonly shift: number;
  /** What the notation leaves open. */
  readonly guess?: DateGuess;
}

/**
 * Reads a trimmed text as a date with or without a time: ISO 8601, year-month-day, day and month by numbers
 * or by English names, and what `usualDate` knows beside these.
 * @returns null where it is none
 */
export function writtenDate(text: string): WrittenDate | null {
  const date = usuallyWritten(text);
  if (date !== null) return date;
  const usual = usualDate(text);
  const rewritten = usual === null ? null : usuallyWritten(usual.text);
  if (rewritten === null || usual?.guess === undefined) return rewritten;
  return { ...rewritten, guess: usual.guess };
}

function usuallyWritten(text: string): WrittenDate | null {
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) {
    const iso = plainIso(text);
    if (iso !== null) return iso;
    const year = YEAR_FIRST.exec(text);
    if (year !== null) return dated(year[1], year[3], year[4], false, year, 5);
    const last = YEAR_LAST.exec(text);
    if (last !== null) return dated(last[4], last[1], last[3], true, last, 5);
    const named = DAY_MONTH_NAME.exec(text);
    return named === null
      ? null
      : dated(named[3], monthNumber(named[2]), named[1], false, named, 4);
  }
  const named = MONTH_NAME_DAY.exec(text);
  return named === null ? null : dated(named[3], monthNumber(named[1]), named[2], false, named, 4);
}

/** Whether the calendar has that day. */
export function isDay(date: WrittenDate, order: DateOrder): boolean {
  const isDayFirst = date.needsOrder && order === 'day_first';
  const month = isDayFirst ? date.second : date.first;
  const day = isDayFirst ? date.first : date.second;
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(date.year, month);
}

/**
 * The date in ISO 8601: `2024-02-29`, or with a time `2024-02-29T13:05:00`, in UTC and with `Z` where the text
 * names an offset.
 * @returns null where no calendar has that day, and where an offset leaves the years of four digits
 */
export function isoDate(date: WrittenDate, order: DateOrder): string | null {
  if (!isDay(date, order)) return null;
  if (date.iso !== undefined) return date.iso;
  const isDayFirst = date.needsOrder && order === 'day_first';
  const month = isDayFirst ? date.second : date.first;
  const day = isDayFirst ? date.first : date.second;
  if (date.shift === 0) return `${pad(date.year, 4)}-${pad(month, 2)}-${pad(day, 2)}${date.time}`;
  const moved = new Date(0);
  moved.setUTCFullYear(date.year, month - 1, day + date.shift);
  const isFourDigits = moved.getUTCFullYear() >= 0 && moved.getUTCFullYear() <= 9999;
  return isFourDigits ? moved.toISOString().slice(0, 10) + date.time : null;
}

/** `2024-02-29` and `2024-02-29T13:05:07`, which are nearly all of the dates that there are, without a search. */
function plainIso(text: string): WrittenDate | null {
  const { length } = text;
  if ((length !== 10 && length !== 19) || text[4] !== '-' || text[7] !== '-') return null;
  const year = digits(text, 0, 4);
  const first = digits(text, 5, 7);
  const second = digits(text, 8, 10);
  if (year < 0 || first < 0 || second < 0) return null;
  const date = { year, first, second, needsOrder: false, shift: 0 };
  if (length === 10) return { ...date, time: '', iso: text };
  if ((text[10] !== 'T' && text[10] !== ' ') || text[13] !== ':' || text[16] !== ':') return null;
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const ofMinute = digits(text, 17, 19);
  const isTime = hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
  if (!isTime || ofMinute < 0 || ofMinute > 59) return null;
  return text[10] === 'T'
    ? { ...date, time: text.slice(10), iso: text }
    : { ...date, time: `T${text.slice(11)}` };
}

/** The number that digits make, or -1 where one of them is none. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function dated(
  year: string | undefined,
  first: string | number | null | undefined,
  second: string | undefined,
  needsOrder: boolean,
  match: RegExpExecArray,
  timeAt: number,
): WrittenDate | null {
  const time = timeOf(match.slice(timeAt));
  if (time === null || first === null) return null;
  return {
    year: Number(year),
    first: Number(first),
    second: Number(second),
    needsOrder,
    time: time.text,
    shift: time.shift,
  };
}

/** The time's parts (hour, minute, second, fraction, am/pm, offset) as ISO text; null where no clock shows it. */
function timeOf(
  parts: readonly (string | undefined)[],
): { readonly text: string; readonly shift: number } | null {
  const [hourText, minuteText, secondText = '0', fraction, half, offset] = parts;
  if (hourText === undefined) return { text: '', shift: 0 };
  let hour = Number(hourText);
  const minute = Number(minuteText);
  const second = Number(secondText);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || second > 59) return null;
  const minutes = hour * 60 + minute - offsetMinutes(offset);
  const shift = Math.floor(minutes / 1440);
  const ofDay = minutes - shift * 1440;
  const decimals = fraction?.replace(/0+$/, '') ?? '';
  const tail = `${decimals === '' ? '' : `.${decimals}`}${offset === undefined ? '' : 'Z'}`;
  const text = `T${pad(Math.floor(ofDay / 60), 2)}:${pad(ofDay % 60, 2)}:${pad(second, 2)}${tail}`;
  return { text, shift };
}

function offsetMinutes(offset: string | undefined): number {
  const match = offset === undefined ? null : /^([+-])(\d{2}):?(\d{2})?$/.exec(offset);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}

function monthNumber(name: string | undefined): number | null {
  const lower = name?.toLowerCase() ?? '';
  const long = LONG_MONTHS.indexOf(lower);
  const short = lower === 'sept' ? 8 : MONTHS.indexOf(lower);
  const at = long >= 0 ? long : short;
  return at < 0 ? null : at + 1;
}

export function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
