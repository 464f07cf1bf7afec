import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { chatterjee, correlation, ranksOf } from '#core/data/audit/leakage/function-of.ts';
import {
  classAssociation,
  rankAssociation,
  type Association,
} from '#core/data/audit/quality/two-samples.ts';
import { RandomStream } from '#core/random.ts';
import { runPython } from './python.ts';

const script = fileURLToPath(new URL('audit.py', import.meta.url));

function normals(seed: number, length: number): number[] {
  const random = new RandomStream(seed);
  return Array.from({ length }, () => random.normal());
}

const sides = (length: number, every: number): number[] =>
  Array.from({ length }, (_, i) => (i % every === 0 ? 1 : 0));
const classes = [
  {
    sides: sides(300, 3),
    codes: normals(1, 300).map((z, i) => (z + (i % 3 === 0 ? 0.6 : 0) > 0 ? 1 : 0)),
    size: 2,
  },
  {
    sides: sides(500, 7),
    codes: normals(2, 500).map((z) => Math.min(4, Math.max(0, Math.round(z + 2)))),
    size: 5,
  },
];
const values = [
  { sides: sides(300, 4), values: normals(3, 300).map((z, i) => z + (i % 4 === 0 ? 0.4 : 0)) },
  { sides: sides(200, 5), values: normals(4, 200).map((z) => Math.round(2 * z)) },
];
const x = normals(5, 400);
const ranks = [
  { x, y: normals(6, 400) },
  { x, y: x.map((z) => z * z) },
  { x, y: x.map((z, i) => z + 0.2 * (normals(7, 400)[i] ?? 0)) },
];

interface Answers {
  readonly classes: readonly Association[];
  readonly values: readonly Association[];
  readonly ranks: readonly {
    readonly xi: number;
    readonly spearman: number;
    readonly pearson: number;
  }[];
}
let wanted: Answers;

beforeAll(async () => {
  wanted = JSON.parse(
    await runPython(script, { input: JSON.stringify({ classes, values, ranks }) }),
  ) as Answers;
});

function expectSame(got: Association, answer: Association | undefined): void {
  expect(got.effect).toBeCloseTo(answer?.effect ?? NaN, 10);
  expect(got.pValue / (answer?.pValue ?? NaN)).toBeCloseTo(1, 8);
}

describe("the audit's statistics equal SciPy's", () => {
  it('on whether a value is missing and classes (χ², Cramér V)', () => {
    for (const [i, one] of classes.entries()) {
      const rows = Int32Array.from(one.codes.keys());
      const isOn = (row: number): boolean => one.sides[row] === 1;
      expectSame(
        classAssociation(rows, isOn, Int32Array.from(one.codes), one.size),
        wanted.classes[i],
      );
    }
  });

  it('on whether a value is missing and values (Mann–Whitney U)', () => {
    for (const [i, one] of values.entries()) {
      const rows = Int32Array.from(one.values.keys());
      const isOn = (row: number): boolean => one.sides[row] === 1;
      expectSame(rankAssociation(rows, isOn, Float64Array.from(one.values)), wanted.values[i]);
    }
  });

  it('on r, ρ and ξ; ξ here is larger by 3 ÷ (n + 1), so that a perfect curve has 1', () => {
    for (const [i, one] of ranks.entries()) {
      const order = Int32Array.from(one.x.keys()).sort((a, b) => (one.x[a] ?? 0) - (one.x[b] ?? 0));
      const by = Float64Array.from(order, (row) => one.x[row] ?? 0);
      const y = Float64Array.from(order, (row) => one.y[row] ?? 0);
      const answer = wanted.ranks[i];
      expect(correlation(by, y)).toBeCloseTo(answer?.pearson ?? NaN, 10);
      expect(correlation(ranksOf(by), ranksOf(y))).toBeCloseTo(answer?.spearman ?? NaN, 10);
      expect(chatterjee(ranksOf(y), by) - 3 / (y.length + 1)).toBeCloseTo(answer?.xi ?? NaN, 10);
    }
  });
});
