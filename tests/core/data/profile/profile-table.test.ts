import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { profileNumbers } from '#core/data/profile/profile-numbers.ts';
import type { ColumnProfile, NumbersProfile, TextsProfile } from '#core/data/profile/profile.ts';
import { profileTable } from '#core/data/profile/profile-table.ts';
import { sortNumbers } from '#core/data/profile/sort-numbers.ts';
import { datasetOf, numbers, texts, type Column } from './tables.ts';

async function profileOf(column: Column): Promise<ColumnProfile> {
  const profile = await profileTable(datasetOf({ x: column }));
  const [only] = profile.columns;
  if (only === undefined) throw new Error('no column');
  expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
  return only;
}

async function ofNumbers(...values: readonly number[]): Promise<NumbersProfile> {
  const found = await profileOf(['numeric', Float64Array.from(values)]);
  if (found.kind !== 'numbers') throw new Error(`a column of ${found.kind}`);
  return found;
}

async function ofTexts(...values: readonly string[]): Promise<TextsProfile> {
  const found = await profileOf(texts(...values));
  if (found.kind !== 'texts') throw new Error(`a column of ${found.kind}`);
  return found;
}

describe('a column of numbers', () => {
  it('is described by its quantiles, moments, histogram and first values', async () => {
    expect(await ofNumbers(4, NaN, 1, 2, 2, 6)).toEqual({
      name: 'x',
      type: 'numeric',
      kind: 'numbers',
      count: 5,
      missing: 1,
      distinct: 4,
      quantiles: [1, 1.04, 1.2, 2, 2, 4, 5.6, 5.92, 6],
      mean: 3,
      standardDeviation: 2,
      skewness: expect.closeTo(0.9375, 12) as number,
      histogram: { edges: [1, 2, 3, 4, 5, 6, 7], counts: [1, 2, 0, 1, 0, 1], unit: true },
      examples: [4, 1, 2, 6],
    });
  });

  it('may hold one value', async () => {
    expect(await ofNumbers(0.1)).toMatchObject({
      count: 1,
      mean: 0.1,
      standardDeviation: null,
      skewness: null,
      quantiles: Array(9).fill(0.1),
      histogram: { edges: [0.1, 0.1], counts: [1] },
    });
  });

  it('may hold two values', async () => {
    const two = await ofNumbers(3, 1);
    expect(two).toMatchObject({ mean: 2, standardDeviation: Math.SQRT2, skewness: null });
    expect(two.quantiles[4]).toBe(2);
  });

  it('may be constant: its mean is that value and its deviation 0, without rounding', async () => {
    expect(await ofNumbers(...Array<number>(1000).fill(0.1))).toMatchObject({
      distinct: 1,
      mean: 0.1,
      standardDeviation: 0,
      skewness: null,
      histogram: { edges: [0.1, 0.1], counts: [1000] },
    });
  });

  it('takes −0 and 0 for one value', async () => {
    expect(await ofNumbers(-0, 0, 0)).toMatchObject({ distinct: 1, quantiles: Array(9).fill(0) });
  });

  it('keeps finite statistics of values as far apart as there are', async () => {
    const max = Number.MAX_VALUE;
    const wide = await ofNumbers(-max, -max, max, 0, 1);
    expect(wide.mean).toBeCloseTo(-max / 5, -300);
    expect(wide.standardDeviation).toBeGreaterThan(1e308);
    expect(wide.skewness).toBeGreaterThan(0);
    expect(wide.quantiles.every(Number.isFinite)).toBe(true);
    expect(wide.histogram.edges.every(Number.isFinite)).toBe(true);
    expect(total(wide.histogram.counts)).toBe(5);
  });

  it('says null where a deviation is beyond the largest number', async () => {
    const wide = await ofNumbers(-Number.MAX_VALUE, Number.MAX_VALUE);
    expect(wide).toMatchObject({ mean: 0, standardDeviation: null });
    expect(wide.quantiles[4]).toBe(0);
  });

  it('tells the smallest numbers apart', async () => {
    const tiny = await ofNumbers(5e-324, 1e-323, 1e-323, 2e-323);
    expect(tiny.distinct).toBe(3);
    expect(tiny.mean).toBe(1e-323);
    expect(tiny.standardDeviation).toBe(5e-324);
    expect(tiny.skewness).toBeCloseTo(1.12933811497, 9);
    expect(total(tiny.histogram.counts)).toBe(4);
  });

  it('tells integers near 2^53 apart', async () => {
    const base = Number.MAX_SAFE_INTEGER - 4;
    const large = await ofNumbers(base, base + 1, base + 2, base + 3, base + 4);
    expect(large).toMatchObject({ distinct: 5, mean: base + 2 });
    expect(large.standardDeviation).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(large.histogram.counts.every((count) => count > 0)).toBe(true);
  });

  it('has bins of at most 40 and edges that rise, that hold every value once', () => {
    const column = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2 });
    fc.assert(
      fc.property(column, (values) => {
        const found = profileNumbers(Float64Array.from(values));
        if (found === null) throw new Error('nothing found');
        const { histogram, count, distinct, quantiles } = found;
        const { edges, counts } = histogram;
        expect(counts.length).toBeLessThanOrEqual(40);
        expect(edges).toHaveLength(counts.length + 1);
        if (distinct > 1) expect(rises(edges)).toBe(true);
        expect(total(counts)).toBe(count);
        expect(quantiles[0]).toBe(Math.min(...values) + 0);
        expect(quantiles[8]).toBe(Math.max(...values) + 0);
        expect([...quantiles].sort((a, b) => a - b)).toEqual(quantiles);
      }),
    );
  });

  it('sorts a long column as a short one', () => {
    const values = Array.from({ length: 70_000 }, (_, i) => ((i * 7919) % 70_001) / 7 - 5000);
    const sorted = sortNumbers(Float64Array.from(values));
    expect(sorted).toEqual(Float64Array.from(values).sort());
    const ends = Float64Array.from(values, (value, i) => value * 10 ** ((i % 617) - 308));
    expect(sortNumbers(ends.slice())).toEqual(ends.sort());
  });
});

describe('a column of texts', () => {
  it('is described by its most frequent values, lengths and first values', async () => {
    expect(await ofTexts('b', 'a', '', 'NA', 'ccc', 'b', 'a', 'NaN')).toEqual({
      name: 'x',
      type: 'categorical',
      kind: 'texts',
      count: 6,
      missing: 2,
      distinct: 4,
      top: [
        { value: 'a', count: 2 },
        { value: 'b', count: 2 },
        { value: 'NaN', count: 1 },
        { value: 'ccc', count: 1 },
      ],
      lengths: [1, 1, 1, 1, 1, 2.5, 3, 3, 3],
      examples: ['b', 'a', 'ccc', 'NaN'],
    });
  });

  it('keeps names that objects inherit apart from them', async () => {
    const found = await ofTexts('__proto__', 'constructor', '__proto__', 'toString');
    expect(found.top[0]).toEqual({ value: '__proto__', count: 2 });
    expect(found.distinct).toBe(3);
  });

  it('counts characters, not halves of them', async () => {
    expect((await ofTexts('🦖🦖', '🦖🦖')).lengths).toEqual(Array(9).fill(2));
  });

  it('shows a very long text cut, never through a character', async () => {
    const long = `${'x'.repeat(199)}🦖 and more`;
    const { top, examples, lengths } = await ofTexts(long);
    expect(top[0]?.value).toBe(`${'x'.repeat(199)}…`);
    expect(examples[0]).toBe(top[0]?.value);
    expect(lengths[0]).toBe(209);
  });

  it('counts as a Map does, however many there are', async () => {
    const values = Array.from({ length: 5_000 }, (_, i) => `t${(i * i) % 3_001}`);
    const counts = new Map<string, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    const found = await ofTexts(...values);
    expect(found.distinct).toBe(counts.size);
    expect(found.top).toEqual(
      [...counts]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
        .slice(0, 20),
    );
  });
});

describe('a column of dates', () => {
  it('is described by its first and last date and how they spread', async () => {
    const dates = ['2024-03-01T12:00:00', '2024-02-29', '', '2024-02-29', '1969-12-31T23:59:59.5Z'];
    const found = await profileOf(['datetime', dates]);
    expect(found).toMatchObject({
      kind: 'times',
      count: 4,
      missing: 1,
      distinct: 3,
      earliest: '1969-12-31T23:59:59.5Z',
      latest: '2024-03-01T12:00:00',
      examples: ['2024-03-01T12:00:00', '2024-02-29', '1969-12-31T23:59:59.5Z'],
    });
    if (found.kind !== 'times') throw new Error('no times');
    expect(found.quantiles[0]).toBe(-500);
    expect(found.quantiles[4]).toBe(Date.parse('2024-02-29'));
    expect(found.histogram.edges[0]).toBe(-500);
    expect(total(found.histogram.counts)).toBe(4);
  });

  it('reads every day as Date does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        async (date) => {
          const found = await profileOf(['datetime', [date.toISOString()]]);
          expect(found).toMatchObject({ kind: 'times', quantiles: Array(9).fill(date.getTime()) });
        },
      ),
    );
  });
});

describe('a table', () => {
  it('may hold columns without values, and no rows at all', async () => {
    const holes: Column = ['numeric', ['', 'NA', '']];
    const { columns } = await profileTable(
      datasetOf({ a: holes, b: ['empty', ['', '', '']], c: texts('', '', '') }),
    );
    for (const column of columns) {
      expect(column).toMatchObject({ kind: 'empty', count: 0, missing: 3, distinct: 0 });
    }
    const none = await profileTable(datasetOf({ a: numbers(), b: texts(), c: ['datetime', []] }));
    expect(none.rows).toBe(0);
    expect(none.columns.map(({ kind }) => kind)).toEqual(['empty', 'empty', 'empty']);
  });

  it('tells how far it is', async () => {
    const onProgress = vi.fn();
    await profileTable(datasetOf({ a: numbers(1), b: texts('x') }), { onProgress });
    expect(onProgress.mock.calls).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  it('hears a cancel', async () => {
    const abort = new AbortController();
    const profiling = profileTable(datasetOf({ a: numbers(1), b: numbers(2) }), {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(profiling).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function rises(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value > (values[i - 1] ?? NaN));
}
