import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoMilliseconds } from '#core/data/iso-time.ts';
import { isoDate, writtenDate } from '#core/data/parse-date.ts';
import { plainText, readPlainDates } from '#core/data/plain-dates.ts';
import { textCells } from '#core/data/text-cells.ts';
import { readFile } from '../../support/read.ts';
import { fuzz } from '../../support/fuzz.ts';

const plain = (...texts: readonly string[]) => readPlainDates(textCells(texts), ['', 'NA']);

/** Texts near to dates: digits and marks in the places of a date, now and then a wrong one. */
const nearDates = fc
  .tuple(
    fc.constantFrom('2024', '1999', '0000', '9999', '20x4', '024'),
    fc.constantFrom('-01-31', '-02-29', '-02-30', '-12-01', '-13-01', '-00-10', '/01/02', '-1-2'),
    fc.constantFrom('', '', 'T00:00:00', 'T23:59:59', ' 12:30:00', 'T24:00:00', 'T12:60:00'),
    fc.constantFrom('', '', '', '', 'Z', ' ', '"', '.5'),
  )
  .map((parts) => parts.join(''));

describe('dates in one plain form', () => {
  it('are times, and times are their texts', () => {
    for (const texts of [
      ['2024-02-29', '1969-12-31', '0000-01-01', '9999-12-31'],
      ['2024-02-29T13:05:07', '1900-01-01T23:59:59'],
      ['2024-02-29 13:05:07', '1900-01-01 23:59:59'],
      ['2024-02-29T13:05:07Z', '1900-01-01T23:59:59Z'],
    ]) {
      const dates = plain(...texts);
      expect([...(dates?.times ?? [])]).toEqual(
        texts.map((text) =>
          Date.parse(`${text.replace(' ', 'T').replace('Z', '').padEnd(19, 'T00:00:00')}Z`),
        ),
      );
      const form = dates?.form ?? 'YYYY-MM-DD';
      expect(Array.from(dates?.times ?? [], (time) => plainText(time, form))).toEqual(texts);
    }
  });

  it('leave out what is missing, and count it', () => {
    const dates = plain('2024-02-29', '', 'NA', ' NA ', '2024-03-01');
    expect(dates).toMatchObject({ missing: 3, missingTexts: new Map([['NA', 2]]) });
    expect(dates?.times[1]).toBeNaN();
  });

  it('are none where one is written otherwise, or nothing is a date', () => {
    expect(plain('2024-02-29', '2024-02-29T00:00:00')).toBeNull();
    expect(plain('2024-02-29', '29 February 2024')).toBeNull();
    expect(plain('2024-02-29', '2023-02-29')).toBeNull();
    expect(plain('2024-02-29', '2024-02-28Z')).toBeNull();
    expect(plain('', 'NA')).toBeNull();
  });

  it('are none where a date can mean "missing"', () => {
    const cells = textCells(['2024-02-29', '1900-01-01']);
    expect(readPlainDates(cells, ['1900-01-01'])).toBeNull();
    expect(readPlainDates(cells, ['1 January 1900'])).toBeNull();
  });

  it('are what the reader of any date makes of them', () => {
    fc.assert(
      fc.property(fc.array(nearDates, { minLength: 1, maxLength: 4 }), (texts) => {
        const dates = plain(...texts);
        const isos = texts.map((text) => {
          const date = writtenDate(text.trim());
          return date === null ? null : isoDate(date, 'month_first');
        });
        if (dates !== null)
          expect([...dates.times]).toEqual(isos.map((iso) => isoMilliseconds(iso ?? '')));
        const isPlain = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}:\d{2}|T\d{2}:\d{2}:\d{2}Z)?$/;
        const forms = new Set(texts.map((text) => text.replace(/\d/g, '0')));
        const isOneForm = forms.size === 1 && texts.every((text) => isPlain.test(text));
        expect(dates !== null).toBe(isOneForm && !isos.includes(null));
      }),
      fuzz(1000),
    );
  });

  it('are found between any delimiters, and not across them', async () => {
    const spaced = await readFile('a.csv', 'x y\n2024-02-29 10:00:00\n2024-03-01 11:00:00\n', {
      settings: { delimiter: ' ' },
    });
    expect(spaced.info.columns.map(({ type, distinct }) => [type, distinct])).toEqual([
      ['datetime', 2],
      ['categorical', 2],
    ]);
    const dashed = await readFile('a.csv', 'a-b-c\n2024-02-29\n2024-03-01\n', {
      settings: { delimiter: '-' },
    });
    expect(dashed.info.columns.map(({ max }) => max)).toEqual([2024, undefined, undefined]);
    const quoted = await readFile('a.csv', 'x,y\n"2024-02-29",1\r\n2024-03-01,2\r\n');
    expect(quoted.info.columns[0]).toMatchObject({ type: 'datetime', distinct: 2 });
    const escaped = await readFile('a.csv', 'x\n"2024-02-29"""\n2024-03-01\n');
    expect(escaped.info.columns[0]?.type).toBe('categorical');
  });
});
