import { isoDate, writtenDate, type DateOrder, type WrittenDate } from '../parse-date.ts';
import type { Doubt } from '../table.ts';

export interface DateFinding {
  readonly order: DateOrder;
  readonly evidence: string;
  readonly doubts: readonly Doubt[];
}

/**
 * Whether all distinct texts of a column are dates, and in which order day and month stand: a number above
 * 12 tells; where none does, the file's habit (`usual`) is taken, with a doubt.
 * @returns null where some text is no date in the one order that serves them all
 */
export function dateColumn(
  name: string,
  texts: Iterable<string>,
  choice: { readonly given: DateOrder | null; readonly usual: DateOrder },
): DateFinding | null {
  const dates: WrittenDate[] = [];
  let needsOrder = false;
  let couldBeDayFirst = true;
  let couldBeMonthFirst = true;
  for (const text of texts) {
    const date = writtenDate(text);
    if (date === null) return null;
    dates.push(date);
    if (!date.needsOrder) continue;
    needsOrder = true;
    if (date.second > 12) couldBeDayFirst = false;
    if (date.first > 12) couldBeMonthFirst = false;
  }
  if (!couldBeDayFirst && !couldBeMonthFirst) return null;
  const isOpen = needsOrder && couldBeDayFirst && couldBeMonthFirst;
  const found = couldBeDayFirst && couldBeMonthFirst ? choice.usual : undefined;
  const order = choice.given ?? found ?? (couldBeDayFirst ? 'day_first' : 'month_first');
  if (dates.some((date) => isoDate(date, order) === null)) return null;
  const words = order === 'day_first' ? 'the day first' : 'the month first';
  const doubts =
    isOpen && choice.given === null
      ? [
          {
            column: name,
            message: `Column "${name}": its dates could have the day or the month first, and no value tells; they are read with ${words}. Set the order when importing if that is wrong.`,
          },
        ]
      : [];
  return { order, evidence: needsOrder ? `dates with ${words}` : 'dates', doubts };
}
