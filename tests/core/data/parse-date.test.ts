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
    '', '2024', '20230229', '2023-02-29', '1900-02-29', '2024-13-01', '2024-00-10', '2024-01-32',
    '2024-1/2', '12:30', '2024-01-01T24:00', '2024-01-01T12:60', '2024-01-01 13:00 PM',
    'Foo 12 1998', '2024-01-01x', '2024-01-01T', '١٢/٠١/٢٠٢٤', 'May', '1-2-3',
  ])('%j is none', (text) => {
    expect(iso(text)).toBeNull();
  }); // prettier-ignore

  it.each([
    ['Thu, 29 Feb 2024 13:05:07 +0100', '2024-02-29T12:05:07Z'],
    ['Thursday, February 29, 2024', '2024-02-29'],
    ['Thu Feb 29 13:05:07 2024', '2024-02-29T13:05:07'],
    ['Sun Feb  4 13:05:07 UTC 2024', '2024-02-04T13:05:07Z'],
    [
      'Thu Feb 29 2024 23:05:07 GMT-0200 (Coordinated Universal Time less two)',
      '2024-03-01T01:05:07Z',
    ],
    ['29th of February 2024', '2024-02-29'],
    ['March 1st, 2024', '2024-03-01'],
    ['29/Feb/2024:13:05:07 -0700', '2024-02-29T20:05:07Z'],
    ['29FEB2024', '2024-02-29'],
    ['29FEB2024:13:05:07', '2024-02-29T13:05:07'],
    ['2024-Feb-29', '2024-02-29'],
    ['Feb-29-2024', '2024-02-29'],
    ['29. März 2024', '2024-03-29'],
    ['1er août 2024', '2024-08-01'],
    ['29 de febrero de 2024', '2024-02-29'],
    ['29 giugno 2024 08:30', '2024-06-29T08:30:00'],
    ['9 mrt. 2024', '2024-03-09'],
    ['29 de março de 2024', '2024-03-29'],
    ['20240229', '2024-02-29'],
    ['20240229T130507Z', '2024-02-29T13:05:07Z'],
    ['20240229T130507.25+0100', '2024-02-29T12:05:07.25Z'],
    ['20240229130507', '2024-02-29T13:05:07'],
    ['2024-02-29T13:05:07+01:00[Europe/Berlin]', '2024-02-29T12:05:07Z'],
    ['2024-02-29-13.05.07.123456', '2024-02-29T13:05:07.123456'],
    ['2024年2月29日', '2024-02-29'],
    ['2024년 2월 29일 13:05', '2024-02-29T13:05:00'],
    ['2024. 2. 29.', '2024-02-29'],
    ['1709211907', '2024-02-29T13:05:07Z'],
    ['1709211907250', '2024-02-29T13:05:07.25Z'],
  ])('%s, a rarer notation', (text, expected) => {
    expect(iso(text)).toBe(expected);
    expect(writtenDate(text)?.guess).toBeUndefined();
  });

  it.each([
    ['1/2/98', '1998-01-02', 'century'],
    ['12/31/68 11:30 PM', '2068-12-31T23:30:00', 'century'],
    ['29-Feb-24', '2024-02-29', 'century'],
    ['Thursday, 29-Feb-96 13:05:07 GMT', '1996-02-29T13:05:07Z', 'century'],
    ['1949-01', '1949-01-01', 'day'],
    ['7/2024', '2024-07-01', 'day'],
    ['Feb 2024', '2024-02-01', 'day'],
    ['déc. 2024', '2024-12-01', 'day'],
    ['2024-Q3', '2024-07-01', 'day'],
    ['Q4 2024', '2024-10-01', 'day'],
  ])('%s, by a guess that is named', (text, expected, guess) => {
    expect(iso(text)).toBe(expected);
    expect(writtenDate(text)?.guess).toBe(guess);
  });

  it('with two digits of the year have day and month in the order that is set', () => {
    expect(iso('29.02.24', 'day_first')).toBe('2024-02-29');
    expect(iso('29.02.24', 'month_first')).toBeNull();
  });

  it.each([
    '29 Foo 2024', '2024-W09', '10.1.10', '1.2.10', '24-02-29', '2010-13', '2024-001', '12345678901', '123456789012345',
    '0123456789', '29 Feb 2024 25:00', '3 may 10:30', 'Q5 2024', '20241301', '2024-02-30T10:00:00+01:00[Europe/Berlin]',
    'room 12 may 2', 'A2024-02-29', '２０２４年２月２９日',
  ])('%j is none either', (text) => {
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
