import { describe, expect, it } from 'vitest';
import { day, draws, found, normals, times } from './audited.ts';

const x = normals(300, 1);
const label = times(300, (row) => ((x[row] ?? 0) > 0 ? 'good' : 'bad'));

describe('duplicate rows', () => {
  it('are found, and again with identifiers aside', async () => {
    const [finding] = await found('duplicate_rows', { x: [...x, ...x.slice(0, 5)] });
    expect(finding).toMatchObject({
      severity: 'warning',
      count: 5,
      rows: [301, 302, 303, 304, 305],
    });
    expect(finding?.remedies[0]?.changes).toEqual([{ path: 'rows.duplicates', value: 'drop' }]);
    const aside = await found('duplicate_rows', {
      id: times(305, (row) => `R${1000 + row}`),
      x: [...x, ...x.slice(0, 5)],
      z: [...label, ...label.slice(0, 5)],
    });
    expect(aside).toHaveLength(1);
    expect(aside[0]?.message).toContain('every column but "id"');
    expect(aside[0]?.remedies[0]?.changes).toEqual([
      { path: 'rows.duplicates', value: 'drop_used' },
    ]);
  });

  it('are chance where there are few distinct values', async () => {
    const [finding] = await found('duplicate_rows', { a: draws(200, 3, 1), b: draws(200, 4, 2) });
    expect(finding?.severity).toBe('note');
    expect(await found('duplicate_rows', { x })).toEqual([]);
  });
});

describe('a pair that agrees by chance', () => {
  /** The last row is the fifth one again. */
  const withPair = <T>(cells: readonly T[]): T[] => cells.with(-1, cells[4] as T);
  const measured = normals(600, 7).map((value) => 50 + 10 * value);
  const columns = {
    // Some forty pairs of rows agree in it, of 180,000.
    a: withPair(measured.map((value) => value.toFixed(2))),
    b: withPair(draws(600, 3, 8)),
    c: withPair(draws(600, 30, 9)),
    y: withPair(times(600, (row) => (row % 2 === 0 ? 'yes' : 'no'))),
  };

  it('is a note', async () => {
    const findings = await found('duplicate_rows', columns);
    expect(findings).toMatchObject([{ severity: 'note', count: 1 }]);
    expect(findings[0]?.message).toMatch(/ about 1 pair is expected by chance\.$/);
  });

  it('is none where measurements are finer, or where twenty rows agree', async () => {
    const finer = { ...columns, a: withPair(measured) };
    const expected = [{ severity: 'warning', count: 1 }];
    expect(await found('duplicate_rows', finer)).toMatchObject(expected);
    const repeated = Object.fromEntries(
      Object.entries(columns).map(([name, cells]) => [name, [...cells, ...cells.slice(0, 20)]]),
    );
    expect(await found('duplicate_rows', repeated)).toMatchObject([
      { severity: 'warning', count: 21 },
    ]);
  });
});

describe('conflicting labels', () => {
  it('are the same inputs with another label', async () => {
    const columns = {
      x: [...x, ...x.slice(0, 3)],
      label: [...label, ...label.slice(0, 3).map((one) => (one === 'good' ? 'bad' : 'good'))],
    };
    const [finding] = await found('conflicting_labels', columns, { target: 'label' });
    expect(finding).toMatchObject({
      severity: 'warning',
      count: 6,
      rows: [1, 2, 3, 301, 302, 303],
    });
    expect(finding?.remedies[0]?.changes).toEqual([{ path: 'rows.conflicts', value: 'drop' }]);
    expect(await found('conflicting_labels', { x, label }, { target: 'label' })).toEqual([]);
  });

  it('are exceptions among categories that otherwise agree', async () => {
    const shape = draws(300, 4, 3).map((k) => ['disc', 'cube', 'cone', 'ring'][k] ?? '');
    const kind = times(300, (row) => ((shape[row] === 'disc') !== (row === 7) ? 'flat' : 'solid'));
    const findings = await found('conflicting_labels', { shape, kind }, { target: 'kind' });
    expect(findings[0]?.severity).toBe('warning');
    const noisy = times(300, (row) => (row % 3 === 0 ? 'flat' : 'solid'));
    const [byChance] = await found('conflicting_labels', { shape, noisy }, { target: 'noisy' });
    expect(byChance).toMatchObject({ severity: 'note', remedies: [] });
  });

  it('are far apart in a regression', async () => {
    const y = x.map((value) => 2 * value + 1);
    const columns = { x: [...x, x[0] ?? 0, x[1] ?? 0], y: [...y, (y[0] ?? 0) + 5, y[1] ?? 0] };
    const [finding] = await found('conflicting_labels', columns, { target: 'y' });
    expect(finding?.rows).toEqual([1, 301]);
  });
});

describe('missing values that go with the target', () => {
  it('are found for classes and for values', async () => {
    const u = draws(300, 100, 4);
    const gaps = times(300, (row) =>
      (u[row] ?? 0) < (label[row] === 'good' ? 30 : 5) ? '' : (u[row] ?? 0),
    );
    const [byClass] = await found(
      'missing_related_to_target',
      { gaps, label },
      { target: 'label' },
    );
    expect(byClass).toMatchObject({ columns: ['gaps'], severity: 'warning' });
    const high = times(300, (row) => ((x[row] ?? 0) > 0.8 && row % 3 > 0 ? '' : row % 7));
    const [byValue] = await found('missing_related_to_target', { high, x }, { target: 'x' });
    expect(byValue?.columns).toEqual(['high']);
  });

  it('are not where cells are missing at random', async () => {
    const u = draws(300, 100, 5);
    const gaps = times(300, (row) => ((u[row] ?? 0) < 20 ? '' : (u[row] ?? 0)));
    expect(await found('missing_related_to_target', { gaps, label }, { target: 'label' })).toEqual(
      [],
    );
  });
});

describe('outliers', () => {
  it.each([
    ['normal values', x.map((value) => value.toFixed(3)), '9.5'],
    [
      'a lognormal income',
      x.map((value) => Math.round(30_000 * Math.exp(0.5 * value))),
      '30000000',
    ],
    ['ages', draws(300, 72, 6).map((value) => 18 + value), '230'],
    ['ratings', draws(300, 10, 7), '70'],
  ])('stand apart from %s', async (_, values, far) => {
    expect(await found('outliers', { values })).toEqual([]);
    const [finding] = await found('outliers', {
      values: times(300, (row) => (row === 41 ? far : (values[row] ?? 0))),
    });
    expect(finding).toMatchObject({ severity: 'warning', count: 1, rows: [42] });
    expect(finding?.message).toContain(
      `(row 42: ${Number(far).toLocaleString('en-US', { useGrouping: 'min2' })})`,
    );
  });
});

describe('skew', () => {
  it('is noted, and not taken for outliers', async () => {
    const skewed = x.map((value) => Math.exp(1.2 * value).toFixed(4));
    expect(await found('skew', { skewed, x })).toMatchObject([
      { columns: ['skewed'], severity: 'note' },
    ]);
    expect(await found('outliers', { skewed })).toEqual([]);
    const left = x.map((value) => (100 - Math.exp(1.2 * value)).toFixed(4));
    expect((await found('skew', { left }))[0]?.message).toContain('to the left');
  });
});

describe('numbers that mean missing', () => {
  it.each([
    ['-999 among measurements', -999, x.map((value) => (20 + value).toFixed(2))],
    ['-1 among ages', -1, draws(300, 60, 8).map((value) => 18 + value)],
    ['9999 among prices', 9999, draws(300, 400, 9).map((value) => 20 + value)],
    ['99 among children', 99, draws(300, 6, 10)],
    ['999 among temperatures', 999, x.map((value) => (5 * value).toFixed(1))],
  ])('%s', async (_, code, values) => {
    const planted = times(300, (row) => (row % 40 === 3 ? code : (values[row] ?? 0)));
    const findings = await found('missing_code', { planted });
    expect(findings).toMatchObject([{ columns: ['planted'], severity: 'warning', count: 8 }]);
    const change = findings[0]?.remedies[0]?.changes[0];
    expect(change?.path).toBe('columns.planted.missing');
    expect(change?.value).toContain(String(code));
    expect(await found('missing_code', { values })).toEqual([]);
    expect(await found('outliers', { planted })).toEqual([]);
  });

  it('are hinted at where 0 stands far below all else', async () => {
    const pressure = times(300, (row) => (row % 30 === 0 ? 0 : 70 + Math.round(8 * (x[row] ?? 0))));
    expect(await found('missing_code', { pressure })).toMatchObject([
      { severity: 'note', count: 10 },
    ]);
    const spent = times(300, (row) => (row % 3 === 0 ? 0 : 5 + (row % 90)));
    expect(await found('missing_code', { spent })).toEqual([]);
  });

  it('also of dates, and of texts that are no numbers', async () => {
    const dates = times(60, (row) => (row % 20 === 7 ? '9999-12-31' : day((row * 13) % 300)));
    const [finding] = await found('missing_code', { dates });
    expect(finding).toMatchObject({ columns: ['dates'], count: 3, rows: [8, 28, 48] });
    expect(finding?.remedies[0]?.changes[0]?.value).toContain('9999-12-31');
    const early = times(60, (row) => (row === 9 ? '01/01/1900' : `03/${1 + (row % 28)}/2021`));
    expect(await found('missing_code', { early })).toMatchObject([{ count: 1, rows: [10] }]);
    const honest = times(60, (row) => day(-18_262 + row * 400));
    expect(await found('missing_code', { honest })).toEqual([]);

    const city = times(60, (row) => (row % 30 === 3 ? '-999' : (['Rome', 'Oslo'][row % 2] ?? '')));
    expect(await found('missing_code', { city })).toMatchObject([{ count: 2, rows: [4, 34] }]);
    const room = times(60, (row) => (row % 30 === 3 ? '-1' : (['1', '2', 'roof'][row % 3] ?? '')));
    expect(await found('missing_code', { room })).toEqual([]);
  });
});

describe('mixed types', () => {
  it('are a note where a scale ends openly, and nothing that should be read as missing', async () => {
    const ends = ['3+', '5more', '>100', '65 and over', 'more than 9', 'more', '10 or more'];
    for (const end of ends) {
      const doors = times(60, (row) => (row % 4 === 3 ? end : String(2 + (row % 4))));
      const findings = await found('mixed_types', { doors });
      expect(findings, end).toMatchObject([{ severity: 'note', remedies: [] }]);
      expect(findings[0]?.message).toMatch(/, the open end of a scale\.$/);
    }
    const many = times(60, (row) =>
      row % 4 === 3 ? (['3+', 'x', '?!'][row % 3] ?? '') : String(row),
    );
    expect((await found('mixed_types', { many }))[0]?.severity).toBe('warning');
  });

  it('are numbers among texts, dates in two orders, and yes written in several ways', async () => {
    const findings = await found('mixed_types', {
      weight: times(100, (row) => (row === 17 ? '12 kg' : row === 50 ? 'heavy' : 50 + (row % 30))),
      when: times(100, (row) =>
        row % 2 === 0 ? `25/1/20${10 + (row % 10)}` : `1/25/20${10 + (row % 10)}`,
      ),
      smoker: times(100, (row) => ['yes', 'no', 'Y', 'N', '1', '0'][row % 6] ?? ''),
      zip: times(100, (row) => (row % 5 === 0 ? '01234' : 20_000 + row)),
      grade: times(100, (row) => 'ABC'[row % 3] ?? ''),
      season: times(100, (row) => ['2010-11', '2011-12', '2012-13'][row % 3] ?? ''),
    });
    expect(findings.map(({ columns }) => columns[0]).sort()).toEqual(['smoker', 'weight', 'when']);
    const weight = findings.find(({ columns }) => columns[0] === 'weight');
    expect(weight).toMatchObject({ count: 2, rows: [18, 51] });
    expect(weight?.remedies[0]?.changes[0]).toEqual({
      path: 'columns.weight.type',
      value: 'numeric',
    });
  });
});

describe('variants of a category', () => {
  it.each([
    ['case', ['red', 'Red', 'blue']],
    ['inner space', ['New York', 'New  York', 'Boston']],
    ['a space that does not break', ['New York', 'New\u00A0York', 'Boston']],
    ['Unicode form', ['Zürich', 'Zu\u0308rich', 'Bern']],
    ['outer space', ['red', ' red', 'blue']],
  ])('that differ by %s', async (_, values) => {
    const columns = { c: times(90, (row) => values[row % 3] ?? '') };
    expect(await found('category_variants', columns)).toMatchObject([{ columns: ['c'] }]);
  });

  it('are none where words differ', async () => {
    expect(
      await found('category_variants', {
        c: times(90, (row) => ['red', 'read', 'reed'][row % 3] ?? ''),
      }),
    ).toEqual([]);
  });
});

describe('broken encoding', () => {
  it.each([
    'MÃ¼ller',
    'itâ€™s',
    'cafÃ©',
    'Ð\u009fÑ\u0080Ð¸',
    'caf\uFFFD',
    'Tom &amp; Ann',
    'Ïðèâåò',
    'fran\\u00e7ais',
    'fran?ais',
  ])('%s', async (text) => {
    const columns = {
      city: times(60, (row) =>
        row === 9 ? text : (['Köln', 'Genève', 'São João', 'Łódź'][row % 4] ?? ''),
      ),
    };
    expect(await found('broken_encoding', columns)).toMatchObject([
      { columns: ['city'], count: 1, rows: [10] },
    ]);
  });

  it('is not seen in what is written well', async () => {
    const words = [
      'CAFÉ–BAR',
      'AÇÃO',
      'Señor',
      '“naïve”',
      'R&D',
      'https://a.example/?q=é&n=1',
      '日本',
      'why?',
      '50 %',
      'Ελλάδα',
      'Привет',
    ];
    expect(
      await found('broken_encoding', {
        words: times(66, (row) => words[row % words.length] ?? ''),
      }),
    ).toEqual([]);
  });
});

describe('classes', () => {
  it('are uneven, or have few rows', async () => {
    const rare = times(300, (row) => (row % 60 === 0 ? 'rare' : 'usual'));
    expect(await found('class_imbalance', { x, rare }, { target: 'rare' })).toMatchObject([
      { severity: 'warning', count: 5 },
    ]);
    expect(await found('few_rows_per_class', { x, rare }, { target: 'rare' })).toMatchObject([
      { severity: 'warning', count: 5 },
    ]);
    expect(await found('class_imbalance', { x, label }, { target: 'label' })).toEqual([]);
    expect(await found('few_rows_per_class', { x, label }, { target: 'label' })).toEqual([]);
  });
});

describe('identifiers and high cardinality', () => {
  it('are integers that never repeat, codes and named numbers', async () => {
    const order = draws(300, 90, 12);
    const findings = await found('identifier_column', {
      patient: times(300, (row) => 1000 + ((row * 7) % 300)),
      uuid: times(300, (row) => `0f8fad5b-d9cb-469f-a165-${String(100_000_000_000 + row)}`),
      store_id: order,
      salary: normals(300, 13).map((value) => Math.round(60_000 + 15_000 * value)),
      x,
    });
    expect(findings.map(({ columns, severity }) => [columns[0], severity])).toEqual([
      ['patient', 'warning'],
      ['uuid', 'note'],
      ['store_id', 'note'],
    ]);
  });

  it('are categories with few rows each', async () => {
    const findings = await found('high_cardinality', {
      street: draws(300, 100, 14).map(
        (k) => `street ${'abcdefghij'[k % 10] ?? ''}${'klmnopqrst'[Math.floor(k / 10)] ?? ''}`,
      ),
      colour: draws(300, 6, 15).map((k) => 'roygbv'[k] ?? ''),
    });
    expect(findings).toMatchObject([{ columns: ['street'], severity: 'warning' }]);
  });
});

describe('dates', () => {
  it('break the order of a sorted column', async () => {
    const dates = times(120, (row) => day(row === 60 ? 3 : row));
    expect(await found('dates_out_of_order', { dates })).toMatchObject([{ count: 1, rows: [61] }]);
    expect(
      await found('dates_out_of_order', { dates: times(120, (row) => day((row * 37) % 120)) }),
    ).toEqual([]);
  });

  it('end before they start', async () => {
    const at = draws(120, 900, 16);
    const start = at.map((value) => day(value));
    const end = times(120, (row) => day((at[row] ?? 0) + (row % 50 === 7 ? -4 : 1 + (row % 9))));
    const findings = await found('dates_out_of_order', { start, end });
    expect(findings).toMatchObject([
      { columns: ['start', 'end'], severity: 'warning', count: 3, rows: [8, 58, 108] },
    ]);
    const other = draws(120, 900, 17).map((value) => day(value));
    expect(await found('dates_out_of_order', { start, other })).toEqual([]);
  });

  it('lie in the future', async () => {
    const dates = times(120, (row) => (row === 5 ? '2062-03-01' : day(row)));
    expect(await found('dates_in_future', { dates })).toMatchObject([
      { severity: 'warning', count: 1, rows: [6] },
    ]);
    const due = times(120, (row) => (row < 9 ? '2027-03-01' : day(row)));
    expect(await found('dates_in_future', { due })).toMatchObject([{ severity: 'note' }]);
    const year = times(120, (row) => (row === 5 ? 2062 : 1990 + (row % 30)));
    expect(await found('dates_in_future', { year })).toMatchObject([
      { columns: ['year'], rows: [6] },
    ]);
    expect(await found('dates_in_future', { dates: times(60, day) })).toEqual([]);
  });
});
