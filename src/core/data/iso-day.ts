import { daysIn } from './parse-date.ts';

/** Whether a text is a day that the calendar has, such as `2024-02-29`; `Date.parse` takes the 30th of February too. */
export function isIsoDay(text: string): boolean {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const [m, d] = [Number(month), Number(day)];
  return m >= 1 && m <= 12 && d >= 1 && d <= daysIn(Number(year), m);
}
