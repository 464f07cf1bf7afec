import { mainWords } from '../header-words.ts';
import { isDay, writtenDate, type DateOrder } from '../parse-date.ts';
import type { DateGuess } from '../date-notations.ts';
import type { Doubt } from '../table.ts';

const GUESSES: Readonly<Record<DateGuess, string>> = {
  century: 'some of its years have two digits, and are read as 1969 to 2068',
  day: 'some of its dates are months, quarters or weeks, and are read as their first day',
  day_of_year: 'its values are read as days of a year, as its name says',
};
/** Words of a column's name that tell 2024-101, a day, from the number of an invoice. */
const DATE_WORDS = new Set(
  'date dates day days doy yday julian ordinal datum tag fecha dia jour giorno dag'.split(' '),
);

export interface DateFinding {
  readonly order: DateOrder;
  readonly evidence: string;
  readonly doubts: readonly Doubt[];
}

/**
 * Whether all distinct texts of a column are dates, and in which order day and month stand: a day that only
 * one order gives tells; where none does, the file's habit (`usual`) is taken, with a doubt.
 * @returns null where some text is no date in the one order that serves them all
 */
export function dateColumn(
  name: string,
  entries: Iterable<{ readonly text: string }>,
  choice: { readonly given: DateOrder | null; readonly usual: DateOrder },
): DateFinding | null {
  const guesses = new Set<DateGuess>();
  let areSeasons = true;
  let areCounted = true;
  let needsOrder = false;
  let canBeDayFirst = choice.given !== 'month_first';
  let canBeMonthFirst = choice.given !== 'day_first';
  for (const { text } of entries) {
    const date = writtenDate(text);
    if (date === null) return null;
    needsOrder ||= date.needsOrder;
    if (date.guess !== undefined) guesses.add(date.guess);
    areCounted &&= date.guess === 'day_of_year';
    areSeasons &&= isSeason(text);
    canBeDayFirst &&= isDay(date, 'day_first');
    canBeMonthFirst &&= isDay(date, 'month_first');
    if (!canBeDayFirst && !canBeMonthFirst) return null;
  }
  if (areSeasons) return null;
  if (guesses.has('day_of_year') && !(areCounted && isNamedDate(name))) return null;
  const isOpen = canBeDayFirst && canBeMonthFirst;
  const order = isOpen ? choice.usual : canBeDayFirst ? 'day_first' : 'month_first';
  const words = order === 'day_first' ? 'the day first' : 'the month first';
  const message = `Column "${name}": its dates could have the day or the month first, and no value tells; they are read with ${words}. Set the order when importing if that is wrong.`;
  const guessed = Array.from(guesses, (guess) => ({
    column: name,
    message: `Column "${name}": ${GUESSES[guess]}. Write them as year-month-day if that is wrong.`,
  }));
  return {
    order,
    evidence: needsOrder ? `dates with ${words}` : 'dates',
    doubts: [...(isOpen && needsOrder ? [{ column: name, message }] : []), ...guessed],
  };
}

function isNamedDate(name: string): boolean {
  return mainWords(name).some((word) => DATE_WORDS.has(word));
}

/** Whether a text names a year and the next one, as 2010-11 and 2010/11 do, and not a month. */
function isSeason(text: string): boolean {
  const match = /^(\d{4})[-/](\d{2})$/.exec(text);
  return match !== null && (Number(match[1]) + 1) % 100 === Number(match[2]);
}
