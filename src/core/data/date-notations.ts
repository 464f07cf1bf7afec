import { countedDate } from './counted-dates.ts';

/**
 * What a notation leaves open and this house settles: the century of a two-digit year, the day of a month or a week, or
 * whether a year and three digits are a day of that year.
 */
export type DateGuess = 'century' | 'day' | 'day_of_year';

export interface UsualDate {
  /** The same date in a notation that `writtenDate` reads by itself. */
  readonly text: string;
  readonly guess?: DateGuess;
}

const LONGEST = 80;
/** As POSIX and Python's strptime have it: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068. */
const FIRST_OF_LAST_CENTURY = 69;

const ENGLISH = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];
/** Names of months in English, German, French, Spanish, Italian, Portuguese, Dutch and the Nordic languages, without accents. */
const MONTHS = [
  'jan january januar janner jan jan. janvier janv enero ene gennaio gen janeiro januari',
  'feb february februar feber fevrier fevr fev febrero febbraio fevereiro februari',
  'mar march marz maerz mrz mars marzo marco maart mrt marts',
  'apr april avril avr abril abr aprile',
  'may mai mayo maggio mag maio mei maj',
  'jun june juni juin junio giugno giu junho',
  'jul july juli juillet juil julio luglio lug julho',
  'aug august aout agosto ago augustus augusti',
  'sep sept september septembre septiembre setiembre settembre set setembro',
  'oct october oktober okt octobre octubre ottobre ott outubro out',
  'nov november novembre noviembre novembro',
  'dec december dezember dez decembre diciembre dic dicembre dezembro desember des',
];
const monthOf = new Map(
  MONTHS.flatMap((names, month) => names.split(' ').map((name) => [name, ENGLISH[month] ?? ''])),
);

/** How every such date begins; most other texts do not, and are done with. */
const BEGINNING = /^(?:\d|\p{L}{2,10}\.?,?[ \-/]|Q[1-4][ \-/])/iu;
const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? +/i;
const DAY_MONTH_YEAR =
  /^(?:le |den )?(\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?: of | de | |-|\/|)(\p{L}{3,10})\.?,?(?: de | del | |-|\/|)(\d{4}|\d{2})(?!\d)(.*)$/iu;
const MONTH_DAY_YEAR = /^(\p{L}{3,10})\.?[ \-/](\d{1,2})(?:st|nd|rd|th)?(?:,? |-|\/)(\d{4})(.*)$/iu;
const YEAR_MONTH_DAY = /^(\d{4})[ \-/](\p{L}{3,10})\.?[ \-/](\d{1,2})(?!\d)(.*)$/iu;
/** `Feb 29 13:05:07 2024`, as C's ctime writes it, behind its weekday; the zone of `date` before the year. */
const CTIME = /^(\p{L}{3}) {1,2}(\d{1,2}) (\d{2}:\d{2}:\d{2}) (?:(UTC|GMT) )?(\d{4})$/u;
const EAST_ASIAN = /^(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일](.*)$/u;
const KOREAN = /^(\d{4})\. (\d{1,2})\. (\d{1,2})\.?(.*)$/;
const COMPACT =
  /^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?([.,]\d+)?(Z|[+-]\d{2}:?\d{2})?)?$/;
/** Seconds or milliseconds since 1970, from 1973 to 2286. */
const SINCE_1970 = /^[1-9]\d{8,9}(?:\d{3})?$/;
const SHORT_YEAR = /^(\d{1,2}\/\d{1,2}\/|\d{2}\.\d{2}\.)(\d{2})(?!\d)(.*)$/;
const YEAR_MONTH = /^((?:1[89]|2[01])\d{2})[-/](0[1-9]|1[0-2])$/;
const MONTH_YEAR = /^(0?[1-9]|1[0-2])\/((?:1[89]|2[01])\d{2})$/;
const MONTH_NAME_YEAR = /^(\p{L}{3,10})\.?[ \-/]((?:1[89]|2[01])\d{2})$/u;
const QUARTER = /^(?:((?:1[89]|2[01])\d{2})[- ]?Q([1-4])|Q([1-4])[- /]((?:1[89]|2[01])\d{2}))$/i;

/**
 * Rarer notations of dates, rewritten into a usual one: weekdays in front, ordinals, months by their names in ten
 * languages, compact ISO 8601 (`20240229T130507Z`), RFC 2822 and 850, ctime, JavaScript's own, logs of web servers, SAS, DB2, Java's zones,
 * East Asian ones, seconds and milliseconds since 1970, weeks and days of a year; and, by a guess that is named, two-digit years,
 * months, quarters and weeks.
 * @returns null where the text is none of them
 */
export function usualDate(text: string): UsualDate | null {
  if (text.length < 6 || text.length > LONGEST) return null;
  if (!BEGINNING.test(text) || !/\d/.test(text)) return null;
  const plain = tidied(text);
  const counted = countedDate(plain);
  if (counted !== null) return byNumbers(counted.text) ?? counted;
  return (
    byNumbers(plain) ??
    byNames(plain) ??
    withoutDay(plain) ??
    (plain === text ? null : { text: plain })
  );
}

/** Without a weekday, the name of a zone whose offset stands there too, and with colons in the time. */
function tidied(text: string): string {
  return text
    .replace(WEEKDAY, '')
    .replace(/ ?\([^()]*\)$/, '')
    .replace(/((?:Z|[+-]\d{2}:?\d{2}))\[[\w/+-]+\]$/, '$1')
    .replace(/(?: ?(?:GMT|UTC))([+-]\d{2}:?\d{2})$/, ' $1')
    .replace(/^(\d{4}-\d{2}-\d{2})[- ](\d{2})\.(\d{2})\.(\d{2})(?!\d)/, '$1 $2:$3:$4')
    .replace(/^(\d{1,2}[/-]?\p{L}{3}[/-]?\d{4}):(\d{2}:\d{2})/u, '$1 $2')
    .trimEnd();
}

function byNumbers(text: string): UsualDate | null {
  const asian = EAST_ASIAN.exec(text) ?? KOREAN.exec(text);
  if (asian !== null) return { text: joined(asian[1], asian[2], asian[3], asian[4]) };
  const compact = COMPACT.exec(text);
  if (compact !== null) {
    const [, year, month, day, hour, minute, second = '00', fraction = '', zone = ''] = compact;
    const time = hour === undefined ? '' : `T${hour}:${minute ?? ''}:${second}${fraction}${zone}`;
    // Twelve and fourteen digits without a T are as well a number since 1970, or any other.
    if (
      hour === undefined ||
      /[T ]/.test(text) ||
      (text.length === 14 && /^(?:19|20)/.test(text))
    ) {
      return { text: joined(year, month, day, time) };
    }
  }
  if (SINCE_1970.test(text)) {
    const moment = Number(text) * (text.length > 10 ? 1 : 1000);
    return { text: new Date(moment).toISOString() };
  }
  const short = SHORT_YEAR.exec(text);
  if (short === null) return null;
  return { text: `${short[1] ?? ''}${fullYear(short[2])}${short[3] ?? ''}`, guess: 'century' };
}

function byNames(text: string): UsualDate | null {
  const ctime = CTIME.exec(text);
  if (ctime !== null) {
    const [, month, day, time, zone, year] = ctime;
    return named(day, month, year, ` ${time ?? ''}${zone === undefined ? '' : 'Z'}`);
  }
  const dayFirst = DAY_MONTH_YEAR.exec(text);
  if (dayFirst !== null) return named(dayFirst[1], dayFirst[2], dayFirst[3], dayFirst[4]);
  const monthFirst = MONTH_DAY_YEAR.exec(text);
  if (monthFirst !== null) return named(monthFirst[2], monthFirst[1], monthFirst[3], monthFirst[4]);
  const yearFirst = YEAR_MONTH_DAY.exec(text);
  return yearFirst === null ? null : named(yearFirst[3], yearFirst[2], yearFirst[1], yearFirst[4]);
}

/** Months and quarters, which begin on their first day. */
function withoutDay(text: string): UsualDate | null {
  const guess = 'day';
  const month = YEAR_MONTH.exec(text);
  if (month !== null) return { text: joined(month[1], month[2], '01'), guess };
  const reversed = MONTH_YEAR.exec(text);
  if (reversed !== null) return { text: joined(reversed[2], reversed[1], '01'), guess };
  const name = MONTH_NAME_YEAR.exec(text);
  const english = name === null ? undefined : englishMonth(name[1]);
  if (name !== null && english !== undefined)
    return { text: `1 ${english} ${name[2] ?? ''}`, guess };
  const quarter = QUARTER.exec(text);
  if (quarter === null) return null;
  const first = 3 * Number(quarter[2] ?? quarter[3]) - 2;
  return { text: joined(quarter[1] ?? quarter[4], String(first), '01'), guess };
}

function named(
  day: string | undefined,
  month: string | undefined,
  year: string | undefined,
  rest = '',
): UsualDate | null {
  const english = englishMonth(month);
  if (english === undefined || day === undefined || year === undefined) return null;
  const isShort = year.length === 2;
  const text = `${day} ${english} ${isShort ? fullYear(year) : year}${rest}`;
  return isShort ? { text, guess: 'century' } : { text };
}

function englishMonth(name = ''): string | undefined {
  return monthOf.get(name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
}

function joined(year = '', month = '', day = '', rest = ''): string {
  return `${year}-${month}-${day}${rest}`;
}

function fullYear(twoDigits = ''): string {
  return `${Number(twoDigits) >= FIRST_OF_LAST_CENTURY ? 19 : 20}${twoDigits}`;
}
