import { describe, expect, it } from 'vitest';
import { inferColumns } from '#core/data/infer/infer-columns.ts';
import { textCells } from '#core/data/text-cells.ts';
import { typedColumn } from '#core/data/typed-columns.ts';
import { refusalOf } from '../../support/refusal.ts';

function table(...columns: readonly (readonly string[])[]) {
  const names = columns.map((_, i) => 'abc'.charAt(i));
  return { names, columns: columns.map(textCells), rowCount: columns[0]?.length ?? 0 };
}

function named(columns: Readonly<Record<string, readonly string[]>>) {
  const texts = Object.values(columns);
  const rowCount = texts[0]?.length ?? 0;
  return { names: Object.keys(columns), columns: texts.map(textCells), rowCount };
}

describe('a column of dates', () => {
  it('is one where every value is, in whatever notation', () => {
    const { columns, doubts } = inferColumns(table(['2024-01-31', 'NA', '2024-02-01 12:30']));
    expect(columns[0]).toMatchObject({ type: 'datetime', missingCount: 1 });
    expect(columns[0]?.evidence).toBe('all 2 values are dates');
    expect(doubts.map(({ message }) => message)).toEqual([
      'Column "a": read as missing: "NA" once.',
    ]);
  });

  it('tells the order by any number above twelve', () => {
    const { columns } = inferColumns(table(['3/4/2024', '13/4/2024'], ['3/4/2024', '4/13/2024']));
    expect(columns.map(({ dates }) => dates)).toEqual(['day_first', 'month_first']);
  });

  it('doubts the order that no value tells, and takes it from decimal commas', () => {
    const open = inferColumns(table(['3/4/2024', '5/6/2024']));
    expect(open.columns[0]?.dates).toBe('month_first');
    expect(open.doubts[0]?.message).toContain('the month first');
    const european = inferColumns(table(['3/4/2024', '5/6/2024'], ['1,5', '2']));
    expect(european.columns[0]?.dates).toBe('day_first');
    expect(european.columns[1]).toMatchObject({ type: 'numeric', decimal: ',', max: 2 });
  });

  it('says what it guessed of years with two digits, and of months', () => {
    const { columns, doubts } = inferColumns(
      table(['3/14/98', '4/15/24'], ['1949-01', '1949-02'], ['29-Feb-24', '1-Mar-24']),
    );
    expect(columns.map(({ type }) => type)).toEqual(['datetime', 'datetime', 'datetime']);
    expect(doubts.map(({ column, message }) => [column, message])).toEqual([
      ['a', expect.stringContaining('read as 1969 to 2068')],
      ['b', expect.stringContaining('read as their first day')],
      ['c', expect.stringContaining('read as 1969 to 2068')],
    ]);
  });

  it('is not meant where some of it are months and the others are none, such as seasons', () => {
    const { columns, doubts } = inferColumns(
      table(['2010-11', '2011-12', '2012-13'], ['2009/10', '2010/11', '2010/11']),
    );
    expect(columns.map(({ type }) => type)).toEqual(['categorical', 'categorical']);
    expect(doubts).toEqual([]);
  });

  it('may count weeks, with their day or without, and days of a year where its name says so', () => {
    const weeks = ['2024-W05-3', '2020-W53-7', 'NA', '2024W053T130507Z'];
    const counted = named({
      a: weeks,
      b: ['2024-W05', '2024-W06', '2024-W07', ''],
      'Day of year': ['2024-060', '2023-001', '2023-365', '2024-366'],
    });
    const { columns, doubts } = inferColumns(counted);
    expect(columns.map(({ type }) => type)).toEqual(['datetime', 'datetime', 'datetime']);
    expect(doubts.map(({ column, message }) => [column, message])).toEqual([
      ['a', expect.stringContaining('read as missing')],
      ['b', expect.stringContaining('months, quarters or weeks')],
      ['Day of year', expect.stringContaining('read as days of a year, as its name says')],
    ]);
    const read = (name: string) =>
      typedColumn(counted, { name, type: 'datetime', missing: ['', 'NA'] }).values;
    expect(read('a')).toEqual(['2024-01-31', '2021-01-03', '', '2024-01-31T13:05:07Z']);
    expect(read('b')).toEqual(['2024-01-29', '2024-02-05', '2024-02-12', '']);
    expect(read('Day of year')).toEqual(['2024-02-29', '2023-01-01', '2023-12-31', '2024-12-31']);
  });

  it.each<[string, string[]]>([
    ['invoice', ['2024-001', '2024-002', '2024-003']],
    ['case number', ['2023-101', '2024-101', '2024-102']],
    ['holiday', ['2024-101', '2024-102', '2024-103']],
    ['update', ['2024-101', '2024-102', '2024-103']],
    ['date', ['2024-101', '2024-102', '2024-367']],
    ['date', ['2024-101', '2023-366', '2024-103']],
    ['date', ['2024-101', '2024-02-29', '2024-103']],
    ['date', ['2024-101', '2024-102', 'n. d.']],
    ['date', ['2024-W05-3', '2024-W54-1', '2024-W06-1']],
    ['date', ['2024-W05-3', '2021-W53-1', '2024-W06-1']],
  ])(
    'is none where a year and three digits, or a week, may be something else: %s %j',
    (name, texts) => {
      const { columns } = inferColumns(named({ [name]: texts }));
      expect(columns[0]?.type).toBe('categorical');
    },
  );

  it('of a year and three digits may be set by hand, whatever it is called', () => {
    const rows = named({ invoice: ['2024-060', ''] });
    const reading = { name: 'invoice', type: 'datetime', missing: [''] } as const;
    expect(typedColumn(rows, reading).values).toEqual(['2024-02-29', '']);
  });

  it('may be numbers of eight digits, which is asked and not decided', () => {
    const rows = table(['20240229', '', '19991231'], ['20240230', '19991231', '20240101']);
    const { columns, doubts } = inferColumns(rows);
    expect(columns.map(({ type }) => type)).toEqual(['numeric', 'numeric']);
    expect(doubts).toEqual([
      {
        column: 'a',
        message: expect.stringContaining('19991231 for 1999-12-31') as string,
        inSpec: 'columns.a.type',
      },
    ]);
    const reading = { name: 'a', type: 'datetime', missing: [''] } as const;
    expect(typedColumn(rows, reading).values).toEqual(['2024-02-29', '', '1999-12-31']);
  });

  it('is none where the order changes, or a day does not exist', () => {
    const { columns } = inferColumns(
      table(['31/1/2024', '1/31/2024'], ['2023-02-28', '2023-02-29']),
    );
    expect(columns.map(({ type }) => type)).toEqual(['categorical', 'categorical']);
    expect(columns[1]?.evidence).toBe('1 of 2 values are not dates: row 2 ("2023-02-29")');
  });

  it('is read as ISO 8601, and names the row that is no date', async () => {
    const rows = table(['13.4.2024 8:00', '', '1.5.2024']);
    const reading = { name: 'a', type: 'datetime', missing: [''], dates: 'day_first' } as const;
    expect(typedColumn(rows, reading).values).toEqual(['2024-04-13T08:00:00', '', '2024-05-01']);
    const refusal = await refusalOf(() => typedColumn(rows, { ...reading, dates: 'month_first' }));
    expect(refusal).toMatchObject({ code: 'not_a_date', details: { row: 1, column: 'a' } });
  });
});

describe('decimal commas', () => {
  it('are told from thousands by one value that can be nothing else', () => {
    const { columns } = inferColumns(table(['1,234', '2,5'], ['1,234', '12,500'], ['1,5', '2.5']));
    expect(columns.map(({ type }) => type)).toEqual(['numeric', 'categorical', 'categorical']);
    expect(columns[0]).toMatchObject({ decimal: ',', min: 1.234, max: 2.5 });
  });

  it('can be set for all columns', () => {
    const settings = { decimal: ',', dates: null } as const;
    const { columns } = inferColumns(table(['1,234', '12,500'], ['1.5', '2.5']), settings);
    expect(columns.map(({ type }) => type)).toEqual(['numeric', 'categorical']);
    expect(columns[0]).toMatchObject({ min: 1.234, max: 12.5 });
  });
});

describe('an ordinal column and an integer column', () => {
  it('refuse what they do not hold, by row', async () => {
    const rows = table(['low', 'high', 'odd'], ['1', '2', '2.5']);
    const missing = [''];
    const ordinal = { name: 'a', type: 'ordinal', missing, order: ['low', 'high'] } as const;
    expect(await refusalOf(() => typedColumn(rows, ordinal))).toMatchObject({
      code: 'not_in_order',
      details: { row: 3, column: 'a' },
    });
    const integer = { name: 'b', type: 'integer', missing } as const;
    expect(await refusalOf(() => typedColumn(rows, integer))).toMatchObject({
      code: 'not_an_integer',
      details: { row: 3, column: 'b' },
    });
  });
});
