import { expect, it } from 'vitest';
import { daysIn, isoDate, writtenDate } from '#core/data/parse-date.ts';
import { isoPattern, readIsoPattern } from '#core/spec/iso-pattern.ts';

const inSchema = new RegExp(isoPattern, 'u');
const whenRead = new RegExp(readIsoPattern, 'u');
const two = (value: number): string => String(value).padStart(2, '0');
const read = (text: string): string | null => {
  const date = writtenDate(text);
  return date === null ? null : isoDate(date, 'month_first');
};

it('the patterns have the days of the calendar and no others', () => {
  for (const year of [
    '0000',
    '0004',
    '1600',
    '1899',
    '1900',
    '1996',
    '2000',
    '2023',
    '2024',
    '2100',
    '9999',
  ]) {
    for (let month = 0; month <= 13; month += 1) {
      for (let day = 0; day <= 32; day += 1) {
        const text = `${year}-${two(month)}-${two(day)}`;
        const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(Number(year), month);
        expect([inSchema.test(text), whenRead.test(text), read(text) !== null], text).toEqual([
          isDay,
          isDay,
          isDay,
        ]);
      }
    }
  }
});

it.each([
  '2024-02-29T13:05',
  '2024-02-29T13:05:07',
  '2024-02-29T13:05:07.25',
  '2024-02-29T00:00:00.123456789Z',
  '2024-02-29T23:59+14:00',
  '2024-02-29T00:00:00.5-11:30',
])('what the schema takes is a date to the reader, in the form of the graph: %s', (text) => {
  expect(text).toMatch(inSchema);
  expect(read(text)).toMatch(whenRead);
});

it.each([
  '2024-02-29T24:00:00',
  '2024-02-29T12:60',
  '2024-02-29T12:00:60',
  '2024-02-29T',
  '2024-02-29T12',
  '24-02-29',
  '29.02.2024',
  '2024-02-29\n',
  '٢٠٢٤-٠٢-٢٩',
])('neither pattern takes %j', (text) => {
  expect(inSchema.test(text)).toBe(false);
  expect(whenRead.test(text)).toBe(false);
});

it('an offset that leaves the years of four digits makes no date, and one across a year’s end does', () => {
  expect(read('9999-12-31T23:00:00-02:00')).toBeNull();
  expect(read('0000-01-01T00:00:00+01:00')).toBeNull();
  expect(read('0050-01-01T00:00:00+01:00')).toBe('0049-12-31T23:00:00Z');
});
