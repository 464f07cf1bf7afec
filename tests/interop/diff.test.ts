import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { chiSquarePValue, chiSquareTail } from '#core/data/diff/chi-square.ts';
import { MOVED_P } from '#core/data/diff/column-shift.ts';
import { kolmogorovTail, ksPValue, ksStatistic } from '#core/data/diff/kolmogorov-smirnov.ts';
import { RandomStream } from '#core/random.ts';
import { runPython } from './python.ts';

const script = fileURLToPath(new URL('diff.py', import.meta.url));

function normals(seed: number, length: number, mean = 0): readonly number[] {
  const random = new RandomStream(seed);
  return Array.from({ length }, () => random.normal() + mean);
}
const rounded = (values: readonly number[]) => values.map((value) => Math.round(value * 2) / 2);

const samples: Readonly<Record<string, { before: readonly number[]; after: readonly number[] }>> = {
  'of one distribution': { before: normals(1, 400), after: normals(2, 300) },
  'a little apart': { before: normals(3, 500), after: normals(4, 700, 0.2) },
  'far apart': { before: normals(5, 200), after: normals(6, 200, 3) },
  'with ties': { before: rounded(normals(7, 300)), after: rounded(normals(8, 150, 0.3)) },
  'of very different sizes': { before: normals(9, 20), after: normals(10, 5000, 0.5) },
  'of a handful': { before: [1, 2, 3, 4, 5], after: [6, 7, 8, 9, 10] },
  'of one value each': { before: [1], after: [2] },
};
const tables: Readonly<Record<string, { before: readonly number[]; after: readonly number[] }>> = {
  'two by two': { before: [30, 70], after: [45, 55] },
  'equal shares': { before: [10, 20, 30], after: [20, 40, 60] },
  'a category that only one has': { before: [50, 50, 0], after: [40, 40, 20] },
  'a category that none has': { before: [50, 0, 50], after: [30, 0, 70] },
  'many categories': {
    before: Array.from({ length: 80 }, (_, i) => 10 + (i % 7)),
    after: Array.from({ length: 80 }, (_, i) => 12 + (i % 5)),
  },
};
const tails = {
  chiSquare: [1, 2, 3, 4, 7, 10, 51, 100, 999].flatMap((freedom) =>
    [0.001, 0.5, 1, 3.84, freedom, 1.3 * freedom, 2 * freedom + 10, 300].map(
      (x) => [x, freedom] as const,
    ),
  ),
  kolmogorov: [0.05, 0.2, 0.4, 0.7, 0.9, 0.999, 1, 1.001, 1.36, 1.63, 2, 3, 5],
};

let reference: readonly Record<string, number>[] = [];
let referenceTails: { chiSquare: readonly number[]; kolmogorov: readonly number[] };

beforeAll(async () => {
  const cases = [
    ...Object.values(samples).map((one) => ({ kind: 'ks', ...one })),
    ...Object.values(tables).map((one) => ({ kind: 'chi-square', ...one })),
    { kind: 'tails', ...tails },
  ];
  const answers = JSON.parse(
    await runPython(script, { input: JSON.stringify(cases) }),
  ) as readonly unknown[];
  reference = answers.slice(0, -1) as typeof reference;
  referenceTails = answers.at(-1) as typeof referenceTails;
});

/** Relative, with room for what is nearly 0. */
function expectClose(own: number, wanted: number | undefined, tolerance = 1e-10): void {
  const value = wanted ?? NaN;
  expect(Math.abs(own - value), `${own}, reference ${value}`).toBeLessThanOrEqual(
    tolerance * Math.abs(value) + 1e-300,
  );
}

describe('the Kolmogorov–Smirnov test equals SciPy’s for samples', () => {
  it.each(Object.entries(samples).map(([name, one], i) => [name, one, i] as const))(
    '%s',
    (_, one, i) => {
      const [before, after] = [one.before, one.after].map((values) =>
        Float64Array.from(values).sort(),
      );
      if (before === undefined || after === undefined) throw new Error('no samples');
      const statistic = ksStatistic(before, after);
      expectClose(statistic, reference[i]?.statistic, 1e-12);
      const p = ksPValue(statistic, before.length, after.length);
      expectClose(p, reference[i]?.limit);
      // For small samples the limit is less eager than SciPy's exact value to find a difference.
      expect(p < MOVED_P && (reference[i]?.refined ?? 0) >= MOVED_P).toBe(false);
    },
  );
});

describe('the χ² test equals SciPy’s for counts', () => {
  it.each(Object.entries(tables).map(([name, one], i) => [name, one, i] as const))(
    '%s',
    (_, one, i) => {
      const wanted = reference[Object.keys(samples).length + i]?.pValue;
      expectClose(chiSquarePValue(one.before, one.after), wanted);
    },
  );
});

it('the tails of both distributions equal SciPy’s', () => {
  for (const [i, [x, freedom]] of tails.chiSquare.entries()) {
    // What lies far below one in a billion is as good as none.
    const wanted = referenceTails.chiSquare[i] ?? NaN;
    expect(Math.abs(chiSquareTail(x, freedom) - wanted)).toBeLessThanOrEqual(1e-12 + 1e-9 * wanted);
  }
  for (const [i, x] of tails.kolmogorov.entries()) {
    expectClose(kolmogorovTail(x), referenceTails.kolmogorov[i]);
  }
});
