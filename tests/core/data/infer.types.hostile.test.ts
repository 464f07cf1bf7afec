import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferCells, readText, writeCsv } from '../../support/csv.ts';
import { fuzz } from '../../support/fuzz.ts';

describe('the type of the graph input', () => {
  const repeat = (...cells: string[]): string[] => [...cells, ...cells, ...cells, ...cells];

  it.each([
    ['small integers', repeat('5', '3', '8')],
    ['the last integer that float32 holds', repeat('16777216', '3', '8')],
    ['halves and quarters', repeat('0.5', '-3.25', '8.75')],
    ['a large power of two', repeat('1099511627776', '3')],
  ])('is float32 for %s', async (_, cells) => {
    expect((await inferCells(cells)).dtype).toBe('float32');
  });

  it.each([
    ['the first integer that float32 lacks', repeat('16777217', '3', '8')],
    ['seconds since 1970', repeat('1732188001', '1732188077')],
    ['cents', repeat('123456789.01', '0.5')],
    ['more than float32 reaches', repeat('1e300', '5')],
    ['less than float32 reaches', repeat('1e-300', '5')],
    ['tenths, which float32 rounds', repeat('0.1', '39.1', '0.7')],
  ])('is float64 for %s', async (_, cells) => {
    expect((await inferCells(cells)).dtype).toBe('float64');
  });

  it('is string for categories', async () => {
    expect((await inferCells(repeat('a', 'b'))).dtype).toBe('string');
  });
});

describe('whole numbers', () => {
  it.each([
    ['plain', ['5', '3', '8', '3'], true],
    ['written with a point', ['5.0', '3', '8.', '3'], true],
    ['written with an exponent', ['5e2', '3', '1.5e1', '3'], true],
    ['with missing cells', ['5', 'NA', '8', ''], true],
    ['one of them not whole', ['5', '3.5', '8', '3'], false],
    ['one of them small', ['5', '1e-9', '8', '3'], false],
  ])('%s', async (_, cells, integer) => {
    const column = await inferCells([...cells, ...cells]);
    expect(column).toMatchObject({ type: 'numeric', integer });
  });
});

describe('two values', () => {
  it.each([
    ['true and false', ['true', 'false']],
    ['TRUE and FALSE', ['TRUE', 'FALSE']],
    ['True and False, as pandas writes them', ['True', 'False']],
    ['yes and no', ['yes', 'no']],
    ['t and f', ['t', 'f']],
  ])('%s are booleans', async (_, [one = '', other = '']) => {
    const column = await inferCells([one, other, one, one, other, one]);
    expect(column).toMatchObject({ type: 'boolean', distinct: 2, missingCount: 0 });
  });

  it('0 and 1 are numbers', async () => {
    const column = await inferCells(['0', '1', '1', '0', '0', '1', '0']);
    expect(column).toMatchObject({ type: 'numeric', integer: true, distinct: 2, min: 0, max: 1 });
  });
});

describe('an order', () => {
  const inferOrder = async (cells: string) => {
    const { info } = await readText(writeCsv([['a'], ...cells.split(',').map((cell) => [cell])]));
    return { column: info.columns[0], doubts: info.doubts };
  };

  it.each([
    ['sizes', 'M,S,XL,L,S', 'S < M < L < XL'],
    ['frequencies, in capitals', 'NEVER,Often,sometimes', 'NEVER < sometimes < Often'],
    [
      'answers to a survey',
      'agree,strongly-disagree,neutral',
      'strongly-disagree < neutral < agree',
    ],
    [
      'one word in several ways',
      'low,Very High,LOW,very  high,medium',
      'LOW < low < medium < Very High < very  high',
    ],
    [
      'skills',
      'expert,beginner,advanced,intermediate',
      'beginner < intermediate < advanced < expert',
    ],
    ['symptoms', 'mild,severe,moderate', 'mild < moderate < severe'],
    ['reviews', 'good,excellent,very good,poor,fair', 'poor < fair < good < very good < excellent'],
    ['German', 'hoch,mittel,niedrig', 'niedrig < mittel < hoch'],
    ['French', 'élevé,faible,moyen', 'faible < moyen < élevé'],
    ['Spanish', 'siempre,nunca,a veces', 'nunca < a veces < siempre'],
    ['Italian', 'sempre,mai,spesso', 'mai < spesso < sempre'],
    ['two degrees', 'high,low,low', 'low < high'],
    ['two degrees in three ways', 'high,Low,low', 'Low < low < high'],
    ['two answers', 'Disagree,Agree', 'Disagree < Agree'],
    ['two German words', 'groß,klein', 'klein < groß'],
    ['good and bad', 'good,bad', 'bad < good'],
  ])('of words that have one is found: %s', async (_, cells, order) => {
    const { column, doubts } = await inferOrder(cells);
    const texts = cells.split(',');
    expect(column).toMatchObject({ type: 'ordinal', dtype: 'string', ranks: order.split(' < ') });
    expect(column?.evidence).toBe(
      `${new Set(texts).size} distinct texts in ${texts.length} values, whose words have an order: ${order}`,
    );
    expect(doubts).toEqual([]);
  });

  it('stands beside what is missing', async () => {
    const { column } = await inferOrder('low,NA,high,,medium,NULL');
    expect(column).toMatchObject({ missingCount: 3, ranks: ['low', 'medium', 'high'] });
  });

  it.each([
    ['one word', 'low,low'],
    ['one word in two ways', 'low,Low'],
    ['two sizes, which could be anything', 'S,M'],
    ['two metals', 'gold,silver'],
    ['first and second', 'first,second'],
    ['keys of music', 'major,minor'],
    ['what is usual and what is not', 'normal,high'],
    ['a word more', 'low,medium,high,blue'],
    ['two words for one place', 'low,medium,moderate,high'],
    ['words of two scales', 'low,mild,good'],
    ['days of the week', 'Monday,Tuesday,Sunday,Wednesday'],
    ['short days', 'mon,tue,wed,thu,fri,sat,sun'],
    ['months', 'January,March,May,December'],
    ['months that are Italian words too', 'mai,juni,juli'],
    ['letters', 'A,B,C,D'],
    ['words within words', 'lowly,mediums,highest peak'],
    ['Object’s own', 'constructor,toString,__proto__'],
  ])('is none of %s', async (_, cells) => {
    const { column, doubts } = await inferOrder(cells);
    expect(column?.type).toBe('categorical');
    expect(column).not.toHaveProperty('ranks');
    expect(doubts).toEqual([]);
  });
});

describe('counts', () => {
  it('name the most frequent values first, at most fifty', async () => {
    const cells = Array.from({ length: 80 }, (_, i) => Array<string>(80 - i).fill(`v${i}`)).flat();
    const column = await inferCells(cells);
    expect(column.distinct).toBe(80);
    expect(column.top).toHaveLength(50);
    expect(column.top.slice(0, 2)).toEqual([
      { value: 'v0', count: 80 },
      { value: 'v1', count: 79 },
    ]);
  });

  it('take spellings of one number as one value', async () => {
    const column = await inferCells(['1', '1.0', '1e0', '+1', ' 1', '7', '7.00', '7']);
    expect(column).toMatchObject({ type: 'numeric', distinct: 2, min: 1, max: 7 });
  });

  it('take a text and the same text in spaces as one value', async () => {
    const column = await inferCells(['a', ' a', 'a ', 'b', 'B', 'b']);
    expect(column).toMatchObject({ type: 'categorical', distinct: 3 });
  });

  it('know categories that are named like properties of objects', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const column = await inferCells([...names, ...names, ...names]);
    expect(column).toMatchObject({ type: 'categorical', distinct: 4 });
    expect(column.top.map((entry) => [entry.value, entry.count]).sort()).toEqual(
      names.map((name) => [name, 3]).sort(),
    );
  });
});

/** The grammar of a number, said once more: decimal, no leading zeros, finite, whole ones safe. */
function isNumber(text: string): boolean {
  const match = /^[+-]?(\d*)(\.\d*)?([eE][+-]?\d+)?$/.exec(text);
  if (match === null || !/^[+-]?\.?\d/.test(text)) return false;
  const [, whole = ''] = match;
  if (whole.length > 1 && whole.startsWith('0')) return false;
  const value = Number(text);
  return (
    Number.isFinite(value) &&
    (match[2] !== undefined || match[3] !== undefined || Number.isSafeInteger(value))
  );
}

/** An integer past 2^53 that a double gives back as it was written: a number among decimals. */
function keepsDigits(text: string): boolean {
  const digits = text.replace(/^[+-]/, '');
  return /^[1-9]\d{15,20}$/.test(digits) && String(Number(digits)) === digits;
}

it('a column is numeric exactly when each of its cells is missing or a number', async () => {
  const token = fc.constantFrom('', 'NA', '?', 'null', 'n/a', '-');
  const nasty = fc.constantFrom(
    '007',
    '0x1',
    '1e999',
    '-',
    '+',
    '.',
    '1.e3',
    '-.5',
    '1e+2',
    '00.5',
    'NaN1',
  );
  const number = fc.oneof(
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  );
  const assembled = fc
    .array(fc.constantFrom('1', '0', '.', 'e', '-', '+', '9', ' '), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join(''));
  const steady = fc.oneof({ weight: 8, arbitrary: number }, { weight: 1, arbitrary: token });
  const wild = fc.oneof({ weight: 12, arbitrary: number }, nasty, assembled, token);
  const column = fc.oneof(
    fc.array(steady, { minLength: 8, maxLength: 20 }),
    fc.array(wild, { minLength: 8, maxLength: 20 }),
  );
  const missing = new Set(['', 'NA', '?', 'null', 'n/a', '-', '--', '.']);
  await fc.assert(
    fc.asyncProperty(column, async (cells) => {
      // A repeat at the end keeps row numbers and all-distinct texts out.
      const all = [...cells, ...cells];
      const present = all.map((cell) => cell.trim()).filter((cell) => !missing.has(cell));
      const found = await inferCells(all);
      if (present.length === 0) {
        expect(found.type).toBe('empty');
        return;
      }
      const hasDecimals = present.some((text) => isNumber(text) && !Number.isInteger(Number(text)));
      const areNumbers = present.every(
        (text) => isNumber(text) || (hasDecimals && keepsDigits(text)),
      );
      expect(found.type === 'numeric', found.evidence).toBe(areNumbers);
      if (found.type === 'numeric') {
        expect(found.missingCount).toBe(all.length - present.length);
        const values = present.map(Number);
        expect(found.min).toBeCloseTo(Math.min(...values), 12);
        expect(found.max).toBeCloseTo(Math.max(...values), 12);
        expect(found.distinct).toBe(new Set(values.map((value) => value + 0)).size);
        expect(found.dtype === 'float32').toBe(
          values.every((value) => Math.fround(value) === value),
        );
        expect(found.integer).toBe(values.every(Number.isInteger));
      }
    }),
    fuzz(300),
  );
});
