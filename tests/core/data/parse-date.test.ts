import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate, writtenDate, type DateOrder } from '#core/data/parse-date.ts';

function iso(text: string, order: DateOrder = 'month_first'): string | null {
  const date = writtenDate(text);
  return date === null ? null : isoDate(date, order);
}

describe('dates', () => {
  it.each([
    ['2024-02-29', '2024-02-29'],
    ['2024/2/9', '2024-02-09'],
    ['2024.12.31', '2024-12-31'],
    ['31.12.2024', null],
    ['12/31/2024', '2024-12-31'],
    ['Jun 12 1998', '1998-06-12'],
    ['June 12, 1998', '1998-06-12'],
    ['12-Jun-1998', '1998-06-12'],
    ['1 September 2001', '2001-09-01'],
    ['Sept 1, 2001', '2001-09-01'],
    ['2024-02-29T13:05', '2024-02-29T13:05:00'],
    ['2024-02-29 13:05:07.250', '2024-02-29T13:05:07.25'],
    ['2024-02-29T23:30:00-02:00', '2024-03-01T01:30:00Z'],
    ['2024-01-01T00:30:00+01:00', '2023-12-31T23:30:00Z'],
    ['2024-02-29T13:05:00Z', '2024-02-29T13:05:00Z'],
    ['12/31/2024 11:59 PM', '2024-12-31T23:59:00'],
    ['12/31/2024 12:01 AM', '2024-12-31T00:01:00'],
  ])('%s', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it('with the day first', () => {
    expect(iso('31.12.2024', 'day_first')).toBe('2024-12-31');
    expect(iso('3/4/2024', 'day_first')).toBe('2024-04-03');
    expect(iso('3/4/2024', 'month_first')).toBe('2024-03-04');
  });

  it.each([
    '', '2024', '20240229', '2023-02-29', '1900-02-29', '2024-13-01', '2024-00-10', '2024-01-32',
    '1/2/98', '2024-1/2', '12:30', '2024-01-01T24:00', '2024-01-01T12:60', '2024-01-01 13:00 PM',
    'Foo 12 1998', '2024-01-01x', '2024-01-01T', '١٢/٠١/٢٠٢٤', 'May', '1-2-3',
  ])('%j is none', (text) => {
    expect(iso(text)).toBeNull();
  }); // prettier-ignore

  it('agree with the calendar on any day', () => {
    const days = fc.date({
      min: new Date('0100-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(days, (date) => {
        const expected = date.toISOString().slice(0, 10);
        const [year, month, day] = expected.split('-');
        expect(iso(expected)).toBe(expected);
        expect(iso(`${day}.${month}.${year}`, 'day_first')).toBe(expected);
        expect(iso(`${month}/${day}/${year}`, 'month_first')).toBe(expected);
      }),
    );
  });
});
