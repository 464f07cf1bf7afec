import { describe, expect, it, vi } from 'vitest';
import { associations, measureBetween } from '#core/data/profile/associations.ts';
import { RandomStream } from '#core/random.ts';
import { datasetOf, numbers, texts, type Column } from './tables.ts';

async function between(a: Column, b: Column) {
  const found = await associations(datasetOf({ a, b }));
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  return { value: found.values[1]?.[0], spearman: found.spearman[1]?.[0], found };
}

describe('two columns of numbers', () => {
  it('have Pearson’s r and Spearman’s ρ, over the rows that hold both', async () => {
    const { value, spearman, found } = await between(
      numbers(1, 2, 3, 4, NaN, 9),
      numbers(1, 8, 27, 64, 5, NaN),
    );
    expect(value).toBeCloseTo(0.9513699, 7);
    expect(spearman).toBe(1);
    expect(found.values[0]?.[1]).toBe(value);
    expect(found.columns).toEqual([
      { name: 'a', kind: 'numbers' },
      { name: 'b', kind: 'numbers' },
    ]);
  });

  it('have none where one of them does not vary over those rows', async () => {
    expect(await between(numbers(1, 1, 1), numbers(1, 2, 3))).toMatchObject({
      value: null,
      spearman: null,
    });
    const sameWhereBoth = await between(numbers(0.1, 0.1, 0.1, 7), numbers(1, 2, 3, NaN));
    expect(sameWhereBoth).toMatchObject({ value: null, spearman: null });
  });

  it.each([
    ['no row', numbers(), numbers()],
    ['one row', numbers(1), numbers(2)],
    ['no row that holds both', numbers(1, NaN), numbers(NaN, 2)],
    ['one row that holds both', numbers(1, 2), numbers(NaN, 2)],
    ['no value', numbers(NaN, NaN), numbers(1, 2)],
  ])('have none over %s', async (_, a, b) => {
    expect(await between(a, b)).toMatchObject({ value: null, spearman: null });
  });

  it('are compared whatever their size', async () => {
    const shape = [1, 2, 4, 3, 7];
    const huge = shape.map((value) => value * 2e307);
    const tiny = shape.map((value) => value * 5e-324);
    const far = shape.map((value) => 4503599627370496 + value);
    for (const [a, b] of [
      [huge, tiny],
      [far, huge],
      [far, tiny],
    ] as const) {
      const { value, spearman } = await between(numbers(...a), numbers(...b));
      expect(value).toBeCloseTo(1, 12);
      expect(spearman).toBeCloseTo(1, 12);
      const holed = await between(numbers(...a, NaN), numbers(...b, 1));
      expect(holed.value).toBeCloseTo(1, 12);
      expect(holed.spearman).toBeCloseTo(1, 12);
    }
  });

  it('of sizes far apart keep the order of the small ones', async () => {
    // Scaled to where the square of the largest is safe, the small ones are all 0.
    const mixed = [3e-150, 1e-150, 4e-150, 2e-150, 1e200];
    const { spearman } = await between(numbers(...mixed), numbers(3, 1, 4, 2, 5));
    expect(spearman).toBeCloseTo(1, 12);
    // Of the huge one's row the other has nothing, so that only small ones are left.
    const holed = await between(numbers(...mixed, NaN), numbers(3, 1, 2, 4, NaN, 7));
    expect(holed.value).toBeCloseTo(0.2, 12);
    expect(holed.spearman).toBeCloseTo(0.2, 12);
    const groups = await between(texts('a', 'b', 'a', 'b', ''), numbers(...mixed));
    expect(groups.value).toBeCloseTo(Math.sqrt(4 / 5), 12);
  });

  it('may be dates', async () => {
    const dates: Column = ['datetime', ['2024-01-01', '2024-01-02', '2024-01-04']];
    expect((await between(dates, numbers(1, 2, 4))).value).toBeCloseTo(1, 12);
  });
});

describe('two columns of categories', () => {
  it('have the bias-corrected V: 1 where one tells the other', async () => {
    const colours = Array.from({ length: 60 }, (_, i) => ['red', 'green', 'blue'][i % 3] ?? '');
    const codes = colours.map((colour) => colour.slice(0, 1));
    expect((await between(texts(...colours), texts(...codes))).value).toBeCloseTo(1, 12);
  });

  it('have about 0 where they are drawn apart, also with many categories', async () => {
    const random = new RandomStream(4);
    const draw = (size: number): string[] =>
      Array.from({ length: 400 }, () => `c${random.integer(size)}`);
    expect((await between(texts(...draw(60)), texts(...draw(60)))).value).toBeLessThan(0.1);
  });

  it('have none where one holds a single category, and 0 where every text is its own', async () => {
    expect((await between(texts('a', 'a', 'b'), texts('x', 'x', ''))).value).toBeNull();
    const ids = ['a', 'b', 'c', 'd', 'e'];
    expect((await between(texts(...ids), texts(...ids))).value).toBe(0);
  });
});

describe('categories and numbers', () => {
  it('have the correlation ratio, the same from either side', async () => {
    const groups = texts('a', 'a', 'b', 'b', '');
    const values = numbers(1, 3, 5, 7, 100);
    const { value, found } = await between(groups, values);
    expect(value).toBeCloseTo(Math.sqrt(16 / 20), 12);
    expect((await between(values, groups)).value).toBe(value);
    expect(found.spearman[1]?.[0]).toBeNull();
    expect(measureBetween('numbers', 'categories')).toBe('correlation_ratio');
  });

  it('have none with one category, or one number', async () => {
    expect((await between(texts('a', 'a'), numbers(1, 2))).value).toBeNull();
    expect((await between(texts('a', 'b'), numbers(2, 2))).value).toBeNull();
  });

  it('have 1 where the category tells the number', async () => {
    const huge = numbers(1e308, -1e308, 1e308, -1e308);
    expect((await between(texts('a', 'b', 'a', 'b'), huge)).value).toBe(1);
  });
});

describe('a table', () => {
  it('leaves out what has no categories that repeat', async () => {
    const found = await associations(
      datasetOf({
        n: numbers(1, 2),
        id: ['identifier', ['x1', 'x2']],
        note: ['text', ['long', 'text']],
        nothing: ['empty', ['', '']],
        yes: ['boolean', ['true', 'false']],
      }),
    );
    expect(found.columns.map(({ name }) => name)).toEqual(['n', 'yes']);
    expect(found.leftOut).toEqual(['id', 'note', 'nothing']);
    expect(found.sampledRows).toBeNull();
  });

  it('of more than 20,000 rows is sampled, says so, and is sampled alike by one seed', async () => {
    const random = new RandomStream(1);
    const long = datasetOf({
      a: numbers(...Array.from({ length: 30_000 }, () => random.normal())),
      b: numbers(...Array.from({ length: 30_000 }, () => random.normal())),
    });
    const first = await associations(long);
    expect(first).toMatchObject({ rows: 30_000, sampledRows: 20_000 });
    expect(await associations(long)).toEqual(first);
    expect((await associations(long, { seed: 2 })).values).not.toEqual(first.values);
  });

  it('of 200 columns is no trouble; it tells how far it is and hears a cancel', async () => {
    const random = new RandomStream(2);
    const column = (): Column => numbers(...Array.from({ length: 300 }, () => random.normal()));
    const wide = datasetOf(
      Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`c${i}`, column()])),
    );
    const onProgress = vi.fn();
    const found = await associations(wide, { onProgress });
    expect(found.values.every((row) => row.length === 200)).toBe(true);
    expect(found.values[7]?.[7]).toBeCloseTo(1, 12);
    expect(onProgress).toHaveBeenLastCalledWith(20_100, 20_100);
    const abort = new AbortController();
    const cancelled = associations(wide, {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
