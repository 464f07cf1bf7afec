import { describe, expect, it, vi } from 'vitest';
import { predictivePower } from '#core/data/profile/predictive-power.ts';
import { sampleRows } from '#core/data/profile/sample-rows.ts';
import { RandomStream } from '#core/random.ts';
import { datasetOf, numbers, texts, type Column } from './tables.ts';

const ROWS = 400;

function drawn<T>(draw: (random: RandomStream, row: number) => T, seed = 1, rows = ROWS): T[] {
  const random = new RandomStream(seed);
  return Array.from({ length: rows }, (_, row) => draw(random, row));
}

const normal = drawn((random) => random.normal());
const colour = drawn((random) => ['red', 'green', 'blue'][random.integer(3)] ?? '', 2);

async function powers(
  columns: Readonly<Record<string, Column>>,
  target: string,
  task: 'classification' | 'regression',
): Promise<Record<string, number>> {
  const found = await predictivePower(datasetOf(columns), target, task);
  return Object.fromEntries(found.map(({ column, power }) => [column, power]));
}

describe('the power of a column', () => {
  it('is near 1 where it tells a number, by any curve, and near 0 where it is noise', async () => {
    const found = await powers(
      {
        y: numbers(...normal),
        line: numbers(...normal.map((value) => 3 - 2 * value)),
        curve: numbers(...normal.map((value) => value ** 3)),
        half: numbers(...drawn((random, row) => (normal[row] ?? 0) + random.normal(), 3)),
        noise: numbers(...drawn((random) => random.normal(), 4)),
        colour: texts(...colour),
      },
      'y',
      'regression',
    );
    expect(found.line).toBeGreaterThan(0.95);
    expect(found.curve).toBeGreaterThan(0.95);
    expect(found.half).toBeGreaterThan(0.25);
    expect(found.half).toBeLessThan(0.6);
    expect(found.noise).toBeLessThan(0.05);
    expect(found.colour).toBeLessThan(0.05);
  });

  it('is near 1 where it tells a class, and near 0 where it is noise', async () => {
    const found = await powers(
      {
        y: texts(...colour),
        code: texts(...colour.map((name) => name.slice(0, 1))),
        number: numbers(...colour.map((name, row) => name.length + (row % 7) / 10)),
        noise: numbers(...normal),
        words: texts(...drawn((random) => `w${random.integer(20)}`, 5)),
      },
      'y',
      'classification',
    );
    expect(found.code).toBeGreaterThan(0.99);
    expect(found.number).toBeGreaterThan(0.99);
    expect(found.noise).toBeLessThan(0.05);
    expect(found.words).toBeLessThan(0.05);
  });

  it('is 0 for distinct texts, which tell every row they were learned from and no other', async () => {
    const ids = Array.from({ length: ROWS }, (_, row) => `id-${row}`);
    const columns = { y: texts(...colour), id: texts(...ids), again: ['text', ids] as const };
    expect(await powers(columns, 'y', 'classification')).toEqual({ id: 0, again: 0 });
    const values = { y: numbers(...normal), id: texts(...ids) };
    expect(await powers(values, 'y', 'regression')).toEqual({ id: 0 });
  });

  it('counts what is missing as something that may tell', async () => {
    const hole = normal.map((value) => (value > 0.5 ? NaN : 1));
    const found = await powers(
      { y: texts(...normal.map((value) => (value > 0.5 ? 'yes' : 'no'))), hole: numbers(...hole) },
      'y',
      'classification',
    );
    expect(found.hole).toBeGreaterThan(0.99);
  });

  it('finds a rare class that one value tells', async () => {
    const rare = drawn((_, row) => (row % 50 === 0 ? 'fraud' : 'fair'));
    const found = await powers(
      { y: texts(...rare), amount: numbers(...rare.map((y, i) => (y === 'fraud' ? 1e9 : i))) },
      'y',
      'classification',
    );
    expect(found.amount).toBeGreaterThan(0.7);
  });

  it('is 0 for constant and empty columns', async () => {
    const found = await powers(
      {
        y: numbers(...normal),
        same: numbers(...normal.map(() => 0.1)),
        none: numbers(...normal.map(() => NaN)),
        word: texts(...normal.map(() => 'x')),
        empty: ['empty', normal.map(() => '')],
      },
      'y',
      'regression',
    );
    expect(found).toEqual({ same: 0, none: 0, word: 0 });
  });

  it.each([1e307, 5e-324, 1e-310])('does not depend on the unit: values times %s', async (unit) => {
    const whole = drawn((random) => random.integer(9), 6);
    const plain = {
      y: numbers(...whole),
      x: numbers(...whole.map((value) => Math.floor(value / 3))),
    };
    const scaled = {
      y: numbers(...whole.map((value) => value * unit)),
      x: numbers(...whole.map((value) => Math.floor(value / 3) * unit)),
    };
    const found = await powers(plain, 'y', 'regression');
    expect(found.x).toBeGreaterThan(0.1);
    expect((await powers(scaled, 'y', 'regression')).x).toBeCloseTo(found.x ?? NaN, 9);
  });

  it('reads the rows that hold a target, at most 20,000 of them, the same by one seed', async () => {
    const y = drawn((random, row) => (row % 3 === 0 ? NaN : random.normal()), 7, 36_000);
    const x = y.map((value, row) => (Number.isNaN(value) ? row : value));
    const dataset = datasetOf({ y: numbers(...y), x: numbers(...x) });
    const [found] = await predictivePower(dataset, 'y', 'regression');
    expect(found).toMatchObject({ column: 'x', sampledRows: 20_000 });
    expect(found?.power).toBeGreaterThan(0.98);
    expect(await predictivePower(dataset, 'y', 'regression')).toEqual([found]);
  });

  it('comes strongest first, tells how far it is and hears a cancel', async () => {
    const columns: Record<string, Column> = { y: numbers(...normal) };
    for (let i = 0; i < 200; i += 1) {
      columns[`c${i}`] = numbers(
        ...drawn((random, row) => random.normal() * i + (normal[row] ?? 0), i),
      );
    }
    const onProgress = vi.fn();
    const wide = datasetOf(columns);
    const found = await predictivePower(wide, 'y', 'regression', { onProgress });
    expect(found).toHaveLength(200);
    expect(found[0]?.column).toBe('c0');
    expect(found.map(({ power }) => power)).toEqual(
      found.map(({ power }) => power).sort((a, b) => b - a),
    );
    expect(onProgress).toHaveBeenLastCalledWith(200, 200);
    const abort = new AbortController();
    const cancelled = predictivePower(wide, 'y', 'regression', {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('a target that cannot be measured is refused by name', () => {
  const columns = {
    few: numbers(1, 2, 3, ...Array<number>(20).fill(NaN)),
    same: texts(...Array<string>(23).fill('x')),
    word: texts(...Array.from({ length: 23 }, (_, i) => `w${i % 2}`)),
  };
  it.each([
    ['gone', 'classification', 'no_such_column'],
    ['few', 'regression', 'target_too_few_rows'],
    ['same', 'classification', 'target_constant'],
    ['word', 'regression', 'target_not_numeric'],
  ] as const)('%s for %s: %s', async (target, task, code) => {
    await expect(predictivePower(datasetOf(columns), target, task)).rejects.toMatchObject({
      code,
      kind: 'input',
      message: expect.stringContaining(`"${target}"`) as string,
      hint: expect.any(String) as string,
    });
  });
});

it('a sample holds distinct rows in order, each as likely as another', () => {
  const seen = new Int32Array(50);
  for (let seed = 0; seed < 2_000; seed += 1) {
    const rows = sampleRows(50, 10, new RandomStream(seed));
    expect(new Set(rows).size).toBe(10);
    expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
    for (const row of rows) seen[row] = (seen[row] ?? 0) + 1;
  }
  expect(Math.min(...seen)).toBeGreaterThan(330);
  expect(Math.max(...seen)).toBeLessThan(470);
});
