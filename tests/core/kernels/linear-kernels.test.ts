import { beforeAll, describe, expect, it } from 'vitest';
import { setLength, startLinearMachine, type LinearMachine } from '#core/kernels/linear-kernels.ts';
import { ln } from '#core/math.ts';
import { RandomStream } from '#core/random.ts';
import {
  plainGradient,
  plainLn,
  plainManyClassLoss,
  plainScore,
  plainSparseGradient,
  plainSparseScore,
  plainTwoClassLoss,
} from './plain-linear.ts';

const random = new RandomStream(1);
let machine: LinearMachine;
beforeAll(async () => {
  machine = await startLinearMachine();
});

const normals = (length: number): number[] => Array.from({ length }, () => random.normal());
const fours = (rows: number): number => 4 * Math.ceil(rows / 4);

function place(values: readonly number[], length = values.length): number {
  const at = machine.memory.take(8 * length);
  machine.memory.float64(at, values.length).set(values);
  return at;
}
const read = (at: number, length: number): number[] => [...machine.memory.float64(at, length)];

/** Float32 rows, with room for a multiple of four. */
function placeRows(rows: readonly (readonly number[])[], width: number): number {
  const at = machine.memory.take(4 * width * fours(rows.length));
  machine.memory.float32(at, rows.length * width).set(rows.flat());
  return at;
}

/** A class's coefficients as kernels want them. */
function asSet(coefficients: readonly number[], intercept: number): number[] {
  const odd = coefficients.length % 2 === 1 ? [0] : [];
  return [...coefficients, ...odd, intercept, intercept];
}

const shapes = [0, 1, 2, 3, 7, 50].flatMap((width) => [1, 4, 9].map((rows) => [width, rows]));

describe.each(shapes)('of %i features and %i rows', (width = 0, rows = 0) => {
  const drawRows = (): number[][] =>
    Array.from({ length: rows }, () => normals(width).map(Math.fround));

  it.each([1, 3])('%i classes’ scores and gradients have the bits of plain sums', (classes) => {
    const x = drawRows();
    const stride = 8 * fours(rows);
    const sets = Array.from({ length: classes }, () => ({
      coefficients: normals(width),
      intercept: random.normal(),
    }));
    const values = placeRows(x, width);
    const given = place(sets.flatMap((set) => asSet(set.coefficients, set.intercept)));
    const scores = machine.memory.take(stride * classes);
    machine.kernels.scoreRows(values, width, fours(rows), given, classes, scores, stride);
    for (const [k, { coefficients, intercept }] of sets.entries()) {
      const wanted = x.map((row) => plainScore(row, coefficients, intercept));
      expect(read(scores + k * stride, rows)).toEqual(wanted);
    }

    const factors = sets.map(() => normals(rows));
    for (const [k, own] of factors.entries()) {
      machine.memory
        .float64(scores + k * stride, fours(rows))
        .fill(0)
        .set(own);
    }
    const gradient = given;
    machine.kernels.addRows(values, width, fours(rows), scores, classes, stride, gradient);
    for (const [k, { coefficients, intercept }] of sets.entries()) {
      const own = read(gradient + 8 * k * setLength(width), setLength(width));
      const wanted = plainGradient(x, factors[k] ?? [], [...coefficients, intercept]);
      expect([...own.slice(0, width), own.at(-1)]).toEqual(wanted);
      expect(own.at(-2)).toBe(own.at(-1));
    }
  });

  it('moments are sums of differences from the first row', () => {
    const x = drawRows();
    const room = (): number => machine.memory.take(8 * setLength(width));
    const first = place(asSet(x[0] ?? [], 0));
    const [sums, squares] = [room(), room()];
    machine.kernels.addMoments(placeRows(x, width), width, rows, first, sums, squares);
    const away = (j: number): number[] => x.map((row) => (row[j] ?? NaN) - (x[0]?.[j] ?? NaN));
    for (const [at, power] of [
      [sums, 1],
      [squares, 2],
    ] as const) {
      const wanted = Array.from({ length: width }, (_, j) =>
        away(j).reduce((sum, d) => sum + (power === 2 ? d * d : d), 0),
      );
      expect(read(at, width)).toEqual(wanted);
    }
  });
});

describe('sparse rows', () => {
  /** Rows of none, one, two and more cells; some feature is in none of them. */
  const rows: readonly (readonly (readonly [place: number, value: number])[])[] = [
    [],
    [[2, 0.5]],
    [
      [0, Math.fround(0.1)],
      [4, -3],
    ],
    [
      [0, 7],
      [2, Math.fround(1 / 3)],
      [4, Math.fround(-2 / 3)],
    ],
    [],
  ];
  const width = 6;
  const starts = rows.reduce<number[]>((all, row) => [...all, (all.at(-1) ?? 0) + row.length], [0]);
  const cells = rows.flat();

  it.each([1, 3])('%i classes’ scores and gradients have the bits of plain sums', (classes) => {
    const { memory, kernels } = machine;
    const [from, places, values] = [starts, cells, cells].map((list) =>
      memory.take(4 * list.length),
    ) as [number, number, number];
    const stride = 8 * rows.length;
    const sets = Array.from({ length: classes }, () => asSet(normals(width), random.normal()));
    const coefficients = place(sets.flat());
    const scores = memory.take(stride * classes);
    memory.int32(from, starts.length).set(starts);
    memory.int32(places, cells.length).set(cells.map(([j]) => j));
    memory.float32(values, cells.length).set(cells.map(([, value]) => value));
    kernels.scoreSparseRows(
      ...([from, places, values, width, rows.length] as const),
      ...([coefficients, classes, scores, stride] as const),
    );
    for (const [k, set] of sets.entries()) {
      const wanted = rows.map((row) => plainSparseScore(row, set));
      expect(read(scores + k * stride, rows.length)).toEqual(wanted);
    }

    // What stands behind the first row is reached by where the rows begin.
    const later = rows.slice(2);
    const factors = normals(later.length);
    memory.float64(scores, later.length).set(factors);
    kernels.addSparseRows(
      ...([from + 8, places, values, width, later.length] as const),
      ...([scores, 1, stride, coefficients] as const),
    );
    const wanted = plainSparseGradient(later, factors, sets[0] ?? []);
    expect(read(coefficients, setLength(width))).toEqual(wanted);
  });
});

describe.each([1, 2, 9, 64])('of %i rows', (rows) => {
  const even = 2 * Math.ceil(rows / 2);
  const counts = (): number[] => Array.from({ length: rows }, (_, i) => (i % 4) / 2);
  /** Also scores that leave no doubt, and ties. */
  const drawScores = (): number[] =>
    normals(rows).map((score, i) => [score, 30 * score, 1000 * score, 0][i % 4] ?? NaN);

  it('the loss of two classes has the bits of the plain one', () => {
    const scores = drawScores();
    const target = scores.map(() => random.integer(2));
    const at = place(scores, even);
    const loss = machine.kernels.twoClassLoss(
      ...([at, place(target, even), place(counts(), even), rows] as const),
    );
    const wanted = plainTwoClassLoss(scores, target, counts());
    expect(loss).toBe(wanted.loss);
    expect(read(at, rows)).toEqual(wanted.slopes[0]);
    expect(read(at + 8 * rows, even - rows)).toEqual(even > rows ? [0] : []);
  });

  it.each([1, 3, 6])('the loss of %i classes has the bits of the plain one', (classes) => {
    const scores = Array.from({ length: classes }, drawScores);
    const target = counts().map(() => random.integer(classes));
    const stride = 8 * even;
    const at = place(scores.flatMap((own) => [...own, ...(even > rows ? [0] : [])]));
    const loss = machine.kernels.manyClassLoss(
      ...([at, classes, stride, place(target, even), place(counts(), even), rows] as const),
    );
    const wanted = plainManyClassLoss(scores, target, counts());
    expect(loss).toBe(wanted.loss);
    for (const [k, slopes] of wanted.slopes.entries()) {
      expect(read(at + k * stride, rows)).toEqual(slopes);
    }
  });
});

it('logarithms are those of core/math within a few units in the last place', () => {
  for (let i = 0; i < 2000; i += 1) {
    const x = 1 + (i < 1000 ? random.uniform() : 10_000 * random.uniform());
    expect(Math.abs(plainLn(x) - ln(x))).toBeLessThanOrEqual(4 * Number.EPSILON * ln(x));
  }
  expect([1, 2, 4].map(plainLn)).toEqual([0, Math.LN2, 2 * Math.LN2]);
});
