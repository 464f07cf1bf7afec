import { daysSince1970 } from './iso-time.ts';

const WEEK = /^(\d{4})(-?)W(\d{2})(?:\2([1-7])([T ].+)?)?$/;
const DAY_OF_YEAR = /^(\d{4})-(\d{3})([T ].+)?$/;
const MS_PER_DAY = 86_400_000;

interface CountedDate {
  readonly text: string;
  /** The first day of a week, or three digits that may be something else than a day. */
  readonly guess?: 'day' | 'day_of_year';
}

/**
 * ISO 8601 by weeks (`2024-W05-3`, `2024W053`, and `2024-W05` for its Monday) and by days of a year (`2024-123`),
 * rewritten into a date with a month. Weeks begin on Monday, and the first one of a year has its 4 January.
 * @returns null where the text is neither, and where no calendar has that week or day
 */
export function countedDate(text: string): CountedDate | null {
  return byWeek(text) ?? byDayOfYear(text);
}

function byWeek(text: string): CountedDate | null {
  const match = WEEK.exec(text);
  if (match === null) return null;
  const [, year = '', mark, week, day, time = ''] = match;
  const monday = firstMonday(Number(year)) + 7 * (Number(week) - 1);
  const isWeek = Number(week) >= 1 && monday < firstMonday(Number(year) + 1);
  const date = isWeek ? dateOf(monday + Number(day ?? 1) - 1) : null;
  if (date === null) return null;
  if (day === undefined) return { text: date, guess: 'day' };
  // Without hyphens the time has no colons either.
  return { text: `${mark === '' ? date.replaceAll('-', '') : date}${time}` };
}

/** Without a time it is as well the number of an invoice or a case. */
function byDayOfYear(text: string): CountedDate | null {
  const match = DAY_OF_YEAR.exec(text);
  if (match === null) return null;
  const [, year = '', day, time] = match;
  const first = daysSince1970(Number(year), 1, 1);
  const days = first + Number(day) - 1;
  if (days < first || days >= daysSince1970(Number(year) + 1, 1, 1)) return null;
  const date = dateOf(days);
  if (date === null) return null;
  return time === undefined ? { text: date, guess: 'day_of_year' } : { text: `${date}${time}` };
}

/** Days from 1970-01-01 to the Monday of the first week of a year. */
function firstMonday(year: number): number {
  const fourth = daysSince1970(year, 1, 4);
  // 1970-01-01 was a Thursday.
  return fourth - ((((fourth + 3) % 7) + 7) % 7);
}

/** Null beyond the years of four digits. */
function dateOf(days: number): string | null {
  const iso = new Date(days * MS_PER_DAY).toISOString();
  return iso.length === 24 ? iso.slice(0, 10) : null;
}
