import { describe, expect, it } from 'vitest';
import { typedColumn } from '#core/data/typed-columns.ts';
import { inferCells, readText, writeCsv } from '../../support/csv.ts';
import { expectSentence } from '../../support/refusal.ts';

/** Thirty plain numbers in no order, some twice; `extra` go among them. */
function amongNumbers(...extra: readonly string[]): string[] {
  const cells = Array.from({ length: 30 }, (_, i) => String(((i * 7) % 23) + 40));
  extra.forEach((cell, i) => cells.splice(4 + 5 * i, 0, cell));
  return cells;
}

describe('what is a number', () => {
  it.each([
    ['a plus sign', '+5'],
    ['minus zero', '-0'],
    ['no digit before the point', '.5'],
    ['no digit after the point', '5.'],
    ['an exponent', '1e5'],
    ['a capital exponent', '1E5'],
    ['a signed exponent', '-1.5e-3'],
    ['spaces around it', '  5 '],
    ['zero', '0'],
    ['a leading zero before the point', '0.25'],
    ['a trailing zero', '5.0'],
    ['the largest safe integer', '9007199254740991'],
    ['the smallest safe integer', '-9007199254740991'],
    ['more digits than fit', '0.12345678901234567890'],
    ['a double past 2^53, as programs write it', '9007199254740994.0'],
    ['a very large one', '1e300'],
    ['a very small one', '1e-300'],
  ])('%s: %j', async (_, text) => {
    const column = await inferCells(amongNumbers(text));
    expect(column).toMatchObject({ type: 'numeric', missingCount: 0 });
    const value = Number(text);
    expect(column.min).toBeLessThanOrEqual(value);
    expect(column.max).toBeGreaterThanOrEqual(value);
  });

  it.each([
    ['a leading zero, as in a postcode', '007'],
    ['a negative leading zero', '-01'],
    ['two zeros', '00'],
    ['more than the largest safe integer', '9007199254740993'],
    ['the same, written with a decimal point', '9007199254740993.0'],
    ['a 19-digit identifier', '1234567890123456789'],
    ['too large for a double', '1e400'],
    ['Infinity', 'Infinity'],
    ['minus infinity', '-Infinity'],
    ['inf', 'inf'],
    ['hexadecimal', '0x10'],
    ['octal', '0o17'],
    ['binary', '0b11'],
    ['an underscore', '1_000'],
    ['full-width digits', '１２'],
    ['Arabic digits', '١٢'],
    ['a thousands separator', '1,234'],
    ['a thousands space', '1 234'],
    ['a decimal comma and a point', '1.234,5'],
    ['a currency', '$5'],
    ['a percentage', '5%'],
    ['a unit', '5 kg'],
    ['an unfinished exponent', '1e'],
    ['an exponent alone', 'e5'],
    ['an underscore alone', '_'],
    ['two points', '1.2.3'],
    ['two signs', '--5'],
    ['a date', '2024-01-31'],
    ['a time', '12:30'],
    ['a suffix of other languages', '5n'],
    ['true', 'true'],
    ['a typographic minus', '−5'],
  ])('what is not: %s: %j', async (_, text) => {
    const column = await inferCells(amongNumbers(text));
    expect(column.type).not.toBe('numeric');
    expect(column.dtype).toBe('string');
    expect(column.evidence).toContain(text.trim());
  });
});

describe('what is missing', () => {
  // A point alone is how SAS and Stata write a missing number.
  it.each([
    '',
    ' ',
    '.',
    'NA',
    'N/A',
    'n/a',
    'null',
    'NULL',
    '?',
    '-',
    'none',
    'None',
    'NaN',
    'nan',
  ])('among numbers: %j', async (token) => {
    const column = await inferCells(amongNumbers(token, ` ${token}`));
    expect(column).toMatchObject({ type: 'numeric', missingCount: 2, min: 40, max: 62 });
    expect(column.missing).toEqual(expect.arrayContaining(['', token.trim()]));
  });

  it.each(['', 'NA', 'N/A', 'n/a', 'null', 'NULL', '?'])('among texts: %j', async (token) => {
    const column = await inferCells(['Dream', 'Biscoe', token, 'Dream', 'Biscoe', 'Dream', token]);
    expect(column).toMatchObject({ type: 'categorical', missingCount: 2, distinct: 2 });
    expect(column.top.map((entry) => entry.value)).toEqual(['Dream', 'Biscoe']);
  });

  it('several tokens in one column', async () => {
    const column = await inferCells(amongNumbers('NA', '?', '-', '', 'null'));
    expect(column).toMatchObject({ type: 'numeric', missingCount: 5 });
  });

  it('every cell, and then the column is empty', async () => {
    for (const tokens of [
      ['', ''],
      ['NA', 'NA'],
      ['NA', '?', ' '],
    ]) {
      const column = await inferCells([...tokens, ...tokens]);
      expect(column).toMatchObject({ type: 'empty', distinct: 0, top: [] });
    }
  });

  it('is not a word that only begins like a token', async () => {
    const column = await inferCells(['NAM', 'NAM', 'nullable', '-x', '??', 'nullable', 'NAM']);
    expect(column).toMatchObject({ type: 'categorical', missingCount: 0, distinct: 4 });
  });
});

describe('a column of numbers with a few cells that are none', () => {
  it('is not numeric, and its evidence shows the cells and their rows', async () => {
    const cells = Array.from({ length: 200 }, (_, i) => String((i * 37) % 101));
    cells[9] = 'unknown';
    cells[57] = '12 cm';
    cells[120] = 'x';
    const column = await inferCells(cells);
    expect(column.type).not.toBe('numeric');
    expect(column.evidence).toMatch(/unknown/);
    expect(column.evidence).toMatch(/\b(row|line)s?\b/i);
    // Row 10 of the data is line 11 of the file.
    expect(column.evidence).toMatch(/\b1[01]\b/);
  });

  it.each<[string, (i: number) => string, string, RegExp]>([
    ['numbers', (i) => String(((i * 37) % 211) + 0.25), 'broken', /^Column "a" is not numeric/],
    ['whole numbers', (i) => String((i * 37) % 211), '12 cm', /^Column "a" is not numeric/],
    [
      'dates',
      (i) => `20${10 + (i % 12)}-03-${11 + (i % 17)}`,
      'soon',
      /^Column "a" is not datetime/,
    ],
  ])('is no identifier, whose model would do without it: %s', async (_, make, stray, said) => {
    const cells = Array.from({ length: 200 }, (_cell, i) => make(i));
    for (const strays of [[stray], Array.from({ length: 15 }, (_cell, i) => `${stray} ${i}`)]) {
      const { info } = await readText(
        writeCsv([['a', 'b'], ...[...cells, ...strays].map((cell) => [cell, 'x'])]),
      );
      const [column] = info.columns;
      expect(column).toMatchObject({ type: 'categorical', dtype: 'string' });
      expect(column?.evidence).toContain(`row 201 ("${strays[0] ?? ''}")`);
      const doubts = info.doubts.filter((doubt) => doubt.column === 'a');
      expect(doubts).toHaveLength(1);
      expect(doubts[0]?.message).toMatch(said);
      expect(doubts[0]?.message).toContain('its values are read as categories');
      expect(doubts[0]?.message).toMatch(/add them to its texts that mean missing/);
      expect(doubts[0]?.message).not.toContain('columns.');
      expect(doubts[0]?.inSpec).toBe('columns.a.missing and columns.a.type');
    }
  });

  it('but is one where many of its texts are codes', async () => {
    const cells = Array.from({ length: 200 }, (_, i) =>
      i % 4 === 0 ? `A/5 ${21_000 + i}` : String(113_000 + ((i * 37) % 211)),
    );
    expect(await inferCells(cells)).toMatchObject({ type: 'identifier' });
  });

  it('says of integers past 2^53 that they stay exact as text', async () => {
    const cells = [...amongNumbers('9007199254740993'), '12345678901234567890'];
    const { info } = await readText(writeCsv([['a', 'b'], ...cells.map((cell) => [cell, 'x'])]));
    expect(info.columns[0]?.evidence).toMatch(
      /^2 of \d+ values are not numbers that keep all their digits: row/,
    );
    expect(info.doubts[0]?.message).toContain('as text they stay exact');
  });

  it.each([
    ['a power of ten', '1000000000000000000'],
    ['a negative one', '-1000000000000000000'],
    ['as many digits as a double keeps', '12345678901234567000'],
    ['more than 21 digits', '2500000000000000000000000'],
  ])(
    'but is numeric where decimals stand around an integer that keeps its digits: %s',
    async (_, text) => {
      const cells = [...amongNumbers(text), '0.5'];
      const column = await inferCells(cells);
      expect(column).toMatchObject({ type: 'numeric', integer: false });
      expect(column.evidence).toBe('all 32 values are numbers');
      expect([column.min, column.max]).toContain(Number(text));
    },
  );

  it('reads such an integer in the rows of a later file too', async () => {
    const { table } = await readText('a,b\n1.5,x\n1000000000000000000,y\n');
    const reading = { name: 'a', type: 'numeric', missing: [] } as const;
    const values = [1.5, 1e18];
    expect(typedColumn(table, reading)).toMatchObject({ values: Float64Array.from(values) });
    const last = typedColumn(table, reading, Int32Array.of(1));
    expect(last).toMatchObject({ values: Float64Array.of(1e18) });
  });

  it.each([
    ['that loses a digit', ['0.5', '1000000000000000001']],
    ['that keeps its digits, among whole numbers alone', ['5', '1000000000000000000']],
    ['with a sign, among whole numbers alone', ['-5', '-9007199254740994']],
  ])('and stays a text where an integer past 2^53 stands %s', async (_, extra) => {
    const column = await inferCells([...amongNumbers(), ...extra]);
    expect(column.dtype).toBe('string');
    expect(column.evidence).toContain(extra[1]);
  });

  it('leaves account numbers codes, also where all of them are even', async () => {
    const cells = Array.from({ length: 40 }, (_, i) =>
      String(9_007_199_254_741_000n + 2n * BigInt((i * 7) % 40)),
    );
    expect(await inferCells(cells)).toMatchObject({ type: 'identifier', dtype: 'string' });
  });

  it('and of numbers that begin with 0 no more than that', async () => {
    const cells = amongNumbers('00501', '01234');
    const { info } = await readText(writeCsv([['a', 'b'], ...cells.map((cell) => [cell, 'x'])]));
    expect(info.columns[0]?.evidence).toMatch(/are not numbers, for they begin with 0: row/);
    expect(info.doubts).toEqual([]);
  });

  it('raises a doubt that names the column', async () => {
    const rows = amongNumbers('bad', 'worse').map((cell, i) => [cell, String((i * 5) % 11)]);
    const { info } = await readText(writeCsv([['dose', 'y'], ...rows]));
    const doubt = info.doubts.find((each) => each.column === 'dose');
    expectSentence(doubt?.message ?? 'no doubt');
    expect(doubt?.message).toContain('dose');
  });
});

describe('numbers with something around them', () => {
  const doubtsOf = async (make: (i: number) => string) => {
    const rows = Array.from({ length: 40 }, (_, i) => [make(i), `k${i % 3}`]);
    const { info } = await readText(writeCsv([['price', 'other'], ...rows]));
    return info.doubts.map(({ message }) => message).filter((message) => /look like/.test(message));
  };

  it.each<[string, (i: number) => string]>([
    ['a currency', (i) => `$${(i * 7) % 37}.50`],
    ['a currency behind', (i) => `${(i * 7) % 37},50 €`],
    ['a per cent sign', (i) => `${(i * 7) % 37}.5%`],
    ['a unit', (i) => `${(i * 7) % 37} kg`],
    ['commas', (i) => `${1 + ((i * 7) % 37)},${100 + i}`],
    ['points and a comma', (i) => `${1 + ((i * 7) % 37)}.${100 + i},50`],
    ['a typographic minus', (i) => `−${i}.5`],
  ])('stay texts, and a doubt says so: %s', async (_, make) => {
    const [doubt = ''] = await doubtsOf(make);
    expectSentence(doubt);
    expect(doubt).toContain(`such as "${make(0)}"`);
  });

  it.each<[string, (i: number) => string]>([
    ['telephones', (i) => `612 345 ${100 + i}`],
    ['seats', (i) => `${i}A`],
    ['addresses', (i) => `10.0.${i}.7`],
    ['ranges', (i) => `${i}-${i + 10}`],
    ['one value among others', (i) => (i === 7 ? 'free' : `$${i}`)],
    ['times', (i) => `${10 + (i % 12)}:30`],
  ])('are none of %s', async (_, make) => {
    expect(await doubtsOf(make)).toEqual([]);
  });
});

describe('numbers of telephones', () => {
  it('keep their plus', async () => {
    const cells = Array.from(
      { length: 40 },
      (_, i) => `+49151${1_000_000 + ((i * 7919) % 88_883)}`,
    );
    expect(await inferCells(cells)).toMatchObject({
      type: 'identifier',
      dtype: 'string',
      evidence: '40 distinct texts in 40 values',
    });
    const some = cells.map((cell, i) => (i % 2 === 0 ? cell : cell.slice(1)));
    expect(await inferCells(some)).toMatchObject({ dtype: 'string' });
  });

  it('are no amounts with signs', async () => {
    const cells = Array.from({ length: 40 }, (_, i) => `${i % 2 === 0 ? '+' : '-'}${150 + i * 13}`);
    expect(await inferCells([...cells, '+2500000'])).toMatchObject({ type: 'numeric' });
    const fine = cells.map((cell) => `${cell}000000.5`);
    expect(await inferCells(fine)).toMatchObject({ type: 'numeric' });
  });
});

describe('identifiers', () => {
  const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

  it.each([
    ['row numbers from 1', upTo(60).map((i) => String(i + 1))],
    ['row numbers from 0', upTo(60).map(String)],
    ['a text that is never the same', upTo(60).map((i) => `patient ${(i * 37) % 61}`)],
    ['long digit strings', upTo(60).map((i) => `90071992547409${1000 + ((i * 7) % 61)}`)],
    ['hashes', upTo(60).map((i) => `${((i * 2654435761) >>> 0).toString(16)}f`)],
  ])('%s', async (_, cells) => {
    const column = await inferCells(cells);
    expect(column).toMatchObject({ type: 'identifier', distinct: 60 });
    expect(column.evidence).toMatch(/60 distinct|rows/);
  });

  it.each([
    ['measurements that are never the same', upTo(60).map((i) => String(((i * 37) % 61) + 0.5))],
    [
      'whole numbers that are never the same, in no order',
      upTo(60).map((i) => String((i * 37) % 61)),
    ],
    ['years in order, each twice', upTo(60).map((i) => String(1950 + Math.floor(i / 2)))],
    ['steps of ten in order', upTo(60).map((i) => String(i * 10))],
  ])('but not %s', async (_, cells) => {
    expect(await inferCells(cells)).toMatchObject({ type: 'numeric' });
  });

  it('but not a text with a few repeats', async () => {
    const cells = upTo(60).map((i) => `town ${i % 25}`);
    expect(await inferCells(cells)).toMatchObject({ type: 'categorical', distinct: 25 });
  });
});

describe('constant columns', () => {
  it('of a number are numeric', async () => {
    const column = await inferCells(Array.from({ length: 20 }, () => '3.5'));
    expect(column).toMatchObject({ type: 'numeric', distinct: 1, min: 3.5, max: 3.5 });
  });

  it('of a text are categorical', async () => {
    const column = await inferCells(Array.from({ length: 20 }, () => 'yes'));
    expect(column).toMatchObject({ type: 'categorical', distinct: 1 });
    expect(column.top).toEqual([{ value: 'yes', count: 20 }]);
  });
});
