import { isDay, writtenDate, type DateOrder } from '../parse-date.ts';
import type { Doubt } from '../table.ts';

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
  let needsOrder = false;
  let canBeDayFirst = choice.given !== 'month_first';
  let canBeMonthFirst = choice.given !== 'day_first';
  for (const { text } of entries) {
    const date = writtenDate(text);
    if (date === null) return null;
    needsOrder ||= date.needsOrder;
    canBeDayFirst &&= isDay(date, 'day_first');
    canBeMonthFirst &&= isDay(date, 'month_first');
    if (!canBeDayFirst && !canBeMonthFirst) return null;
  }
  const isOpen = canBeDayFirst && canBeMonthFirst;
  const order = isOpen ? choice.usual : canBeDayFirst ? 'day_first' : 'month_first';
  const words = order === 'day_first' ? 'the day first' : 'the month first';
  const message = `Column "${name}": its dates could have the day or the month first, and no value tells; they are read with ${words}. Set the order when importing if that is wrong.`;
  return {
    order,
    evidence: needsOrder ? `dates with ${words}` : 'dates',
    doubts: isOpen && needsOrder ? [{ column: name, message }] : [],
  };
}
