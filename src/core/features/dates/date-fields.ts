import { dayAfter1970, daysSince1970 } from '#core/data/iso-time.ts';
import { cos, sin } from '#core/math.ts';
import { readIsoPattern } from '#core/spec/iso-pattern.ts';

/** What can be told of a date, as a number each. Weekdays count from Monday, which is 0; days of the year from 1. */
export const dateParts = [
  'year',
  'quarter',
  'month',
  'day',
  'weekday',
  'day_of_year',
  'hour',
  'minute',
  'is_weekend',
  'elapsed_days',
  'is_missing',
] as const;
export type DatePart = (typeof dateParts)[number];

/** What comes round again: how many places its circle has, and which place is the first. */
export const circles = {
  month: { places: 12, first: 1 },
  weekday: { places: 7, first: 0 },
  day_of_year: { places: 366, first: 1 },
  hour: { places: 24, first: 0 },
} as const;
export type Circle = keyof typeof circles;
export const circleNames = Object.keys(circles) as readonly Circle[];

const isRead = new RegExp(readIsoPattern);
const MINUTES_PER_DAY = 1440;
const SECONDS_PER_DAY = 86_400;
/** 1970-01-01 was a Thursday. */
const THURSDAY = 3;

/** A date's parts, in UTC where the text names an offset; the time is 0:00 where it has none. */
export interface DateFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** With its fraction. */
  readonly second: number;
  /** Whole days since 1970. */
  readonly days: number;
}

/** @returns null for the empty text, and for all that is no date as the reader writes them */
export function dateFields(text: string): DateFields | null {
  if (!isRead.test(text)) return null;
  const number = (from: number, to?: number): number => Number(text.slice(from, to));
  const [year, month, day] = [number(0, 4), number(5, 7), number(8, 10)];
  const date = { year, month, day, days: daysSince1970(year, month, day) };
  if (text.length === 10) return { ...date, hour: 0, minute: 0, second: 0 };
  const zone = Math.max(text.indexOf('Z'), text.indexOf('+'), text.indexOf('-', 10));
  const end = zone < 0 ? text.length : zone;
  const [hour, minute] = [number(11, 13), number(14, 16)];
  // Without seconds the clock is at its end there, and the empty text is 0.
  const second = number(17, Math.max(17, end));
  if (end >= text.length - 1) return { ...date, hour, minute, second };
  const offset = number(end + 1, end + 3) * 60 + number(end + 4, end + 6);
  const minutes = hour * 60 + minute + (text.charAt(end) === '-' ? offset : -offset);
  const days = date.days + Math.floor(minutes / MINUTES_PER_DAY);
  const ofDay = minutes - Math.floor(minutes / MINUTES_PER_DAY) * MINUTES_PER_DAY;
  return {
    ...{ ...dayAfter1970(days), days },
    ...{ hour: Math.floor(ofDay / 60), minute: ofDay % 60, second },
  };
}

/** Days since 1970, with the part of the day that has passed. */
export function exactDays({ days, hour, minute, second }: DateFields): number {
  return days + (hour * 3600 + minute * 60 + second) / SECONDS_PER_DAY;
}

/** @param earliest days since 1970 that elapsed days count from */
export function partOf(fields: DateFields | null, part: DatePart, earliest: number): number {
  if (part === 'is_missing') return fields === null ? 1 : 0;
  if (fields === null) return NaN;
  switch (part) {
    case 'quarter':
      return Math.floor((fields.month + 2) / 3);
    case 'weekday':
      return weekdayOf(fields);
    case 'day_of_year':
      return fields.days - daysSince1970(fields.year, 1, 1) + 1;
    case 'is_weekend':
      return weekdayOf(fields) >= 5 ? 1 : 0;
    case 'elapsed_days':
      return exactDays(fields) - earliest;
    default:
      return fields[part];
  }
}

function weekdayOf({ days }: DateFields): number {
  return (((days + THURSDAY) % 7) + 7) % 7;
}

/** Sine and cosine of each place of a circle, which graph and pipeline both look up. */
export function circleTable(circle: Circle, axis: 'sin' | 'cos'): Float64Array {
  const { places } = circles[circle];
  const turn = axis === 'sin' ? sin : cos;
  return Float64Array.from({ length: places }, (_, place) => turn((2 * Math.PI * place) / places));
}
