import { describe, expect, it } from 'vitest';
import { balanceMethods, balanceNamed } from '#core/features/balance/registry.ts';
import { sparseMatrix, type FeatureMatrix } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { expectParametersGuarded } from '../../support/parameters.ts';
import { thrownBy } from '../../support/refusal.ts';
import { drawTraining } from '../../support/training-data.ts';

/** Ninety rows of one class, twenty of a second, seven of a third. */
function skewed(seed = 1): TrainingData {
  const data = drawTraining('classification', { seed, rows: 117, outputs: 3 });
  const target = data.target.map((_, i) => (i < 90 ? 0 : i < 110 ? 1 : 2));
  return { ...data, target };
}

function apply(method: string, data: TrainingData, given = {}, seed = 1): Promise<TrainingData> {
  const found = balanceNamed(method);
  return found.apply(data, {
    parameters: resolveParameters(found.parameters, given, 'balance.parameters'),
    random: new RandomStream(seed),
    signal: new AbortController().signal,
    classes: ['common', 'rare', 'rarest'],
  });
}

function rowOf({ values, width }: FeatureMatrix, row: number): number[] {
  return [...values.subarray(row * width, (row + 1) * width)];
}

const countsOf = ({ target, outputs }: TrainingData): number[] =>
  Array.from({ length: outputs }, (_, k) => target.filter((label) => label === k).length);

describe.each(balanceMethods.map((method) => [method.name, method] as const))(
  '%s',
  (name, method) => {
    it('leaves the data as they were, and draws the same with the same seed', async () => {
      const data = skewed();
      const first = await apply(name, data);
      expect(data).toEqual(skewed());
      expect(await apply(name, skewed())).toEqual(first);
    });

    it('leaves balanced classes alone', async () => {
      const data = skewed();
      const even = { ...data, target: data.target.map((_, i) => i % 3) };
      const { weights, ...balanced } = await apply(name, even);
      expect(balanced).toEqual(even);
      expect(weights?.every((weight) => weight === 1) ?? true).toBe(true);
    });

    it('guards its parameters and says what it does', () => {
      expectParametersGuarded(method.parameters, name);
      expect(method.summary).toMatch(/\.$/);
      expect(balanceNamed(name)).toBe(method);
    });
  },
);

describe('class_weight', () => {
  it("gives scikit-learn's balanced weights: n ÷ (classes · rows of the class)", async () => {
    const { weights } = await apply('class_weight', skewed());
    for (const [row, wanted] of [
      [0, 117 / (3 * 90)],
      [95, 117 / (3 * 20)],
      [116, 117 / (3 * 7)],
    ] as const) {
      expect(weights?.[row]).toBeCloseTo(wanted, 12);
    }
  });

  it('takes the weights that rows already have into account', async () => {
    const data = skewed();
    const own = data.target.map((_, i) => (i % 2 === 0 ? 2 : 0.5));
    const { weights, target } = await apply('class_weight', { ...data, weights: own });
    const sums = [0, 1, 2].map((k) =>
      (weights ?? new Float64Array(0)).reduce((sum, w, i) => sum + (target[i] === k ? w : 0), 0),
    );
    expect(sums[1]).toBeCloseTo(sums[0] ?? NaN, 9);
    expect(sums[2]).toBeCloseTo(sums[0] ?? NaN, 9);
  });
});

describe('class_weight, where a class counts nothing', () => {
  it('leaves it so, and weighs the others', async () => {
    const data = skewed();
    const own = data.target.map((label) => (label === 2 ? 0 : 1));
    const { weights, target } = await apply('class_weight', { ...data, weights: own });
    const expected = [110 / (2 * 90), 110 / (2 * 20), 0];
    for (const [i, weight] of (weights ?? new Float64Array(0)).entries()) {
      expect(weight).toBeCloseTo(expected[target[i] ?? 0] ?? NaN, 12);
    }
  });
});

describe('given_weights', () => {
  const weights = { rare: 5, rarest: 0.5 };

  it('are the numbers as they are, and 1 for a class that is not named', async () => {
    const { weights: given, target } = await apply('given_weights', skewed(), { weights });
    expect(given).toEqual(target.map((label) => [1, 5, 0.5][label] ?? NaN));
  });

  it('multiply the weights that rows already have', async () => {
    const own = Float64Array.from({ length: 117 }, (_, i) => (i % 2 === 0 ? 2 : 0.5));
    const data = { ...skewed(), weights: own };
    const { weights: given, target } = await apply('given_weights', data, { weights });
    expect(given).toEqual(own.map((w, i) => w * ([1, 5, 0.5][target[i] ?? 0] ?? NaN)));
  });

  it('have a mean of 1 for networks', async () => {
    const method = balanceNamed('given_weights');
    const done = await method.apply(skewed(), {
      parameters: resolveParameters(method.parameters, { weights }, 'balance.parameters'),
      random: new RandomStream(1),
      signal: new AbortController().signal,
      classes: ['common', 'rare', 'rarest'],
      wantsMeanOfOne: true,
    });
    const given = [...(done.weights ?? [])];
    expect(given.reduce((sum, w) => sum + w, 0) / 117).toBeCloseTo(1, 12);
    expect((given[95] ?? NaN) / (given[0] ?? NaN)).toBeCloseTo(5, 12);
  });

  it('refuse classes that are not there, all zeros, and rows that count nothing together', async () => {
    const { check, parameters } = balanceNamed('given_weights');
    const refusal = (given: object) =>
      thrownBy(() => {
        const resolved = resolveParameters(parameters, { weights: given }, 'at');
        check?.(resolved, ['common', 'rare', 'constructor'], 'at');
      });
    expect((await refusal({ rarest: 2 })).message).toBe('at.weights: there is no class "rarest".');
    const zeros = await refusal({ common: 0, rare: 0, constructor: 0 });
    expect(zeros.message).toContain('every class counts 0');
    // A class of that name counts 1 where it is not named.
    expect(() =>
      check?.({ weights: { common: 0, rare: 0 } }, ['common', 'rare', 'constructor'], 'at'),
    ).not.toThrow();
    const own = Float64Array.from({ length: 117 }, (_, i) => Number(i < 90));
    const nothing = await thrownBy(() =>
      apply('given_weights', { ...skewed(), weights: own }, { weights: { common: 0 } }),
    );
    expect(nothing.message).toContain('all 117 training rows count 0');
  });
});

describe('oversample', () => {
  it('keeps every row in its place and repeats rows of the same class behind them', async () => {
    const data = skewed();
    const more = await apply('oversample', data);
    expect(countsOf(more)).toEqual([90, 90, 90]);
    expect(more.features.values.subarray(0, data.features.values.length)).toEqual(
      data.features.values,
    );
    for (let row = 117; row < 270; row += 1) {
      const label = more.target[row];
      const copies = Array.from(data.target.keys()).filter((i) => data.target[i] === label);
      const found = copies.some(
        (i) => String(rowOf(data.features, i)) === String(rowOf(more.features, row)),
      );
      expect(found).toBe(true);
    }
  });
});

describe('undersample', () => {
  it('keeps as many rows of each class as the rarest has, in their order, none twice', async () => {
    const data = skewed();
    const fewer = await apply('undersample', data);
    expect(countsOf(fewer)).toEqual([7, 7, 7]);
    const places = Array.from({ length: 21 }, (_, i) => {
      const text = String(rowOf(fewer.features, i));
      return Array.from(data.target.keys()).findIndex(
        (row) => String(rowOf(data.features, row)) === text,
      );
    });
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
  });
});

describe('smote', () => {
  it('puts each new row on a line between a row and one of its nearest of that class', async () => {
    const data = skewed();
    const k = 3;
    const more = await apply('smote', data, { k_neighbors: k });
    expect(countsOf(more)).toEqual([90, 90, 90]);
    for (let row = 117; row < 270; row += 1) {
      expect(liesBetween(more, row, data, k)).toBe(true);
    }
  });

  it('refuses a class with too few rows, codes of categories or words, and missing values', async () => {
    const few = await thrownBy(() => apply('smote', skewed(), { k_neighbors: 7 }));
    expect(few.message).toContain('"rarest" has 7 training rows');
    const data = skewed();
    const coded = { ...data.features, categories: Int32Array.of(0, 0, 4, 0, 0) };
    const codes = await thrownBy(() => apply('smote', { ...data, features: coded }));
    expect(codes.message).toContain('"x2"');
    const tokens = { length: 5, codes: 9 };
    const words = { ...data, features: { ...data.features, tokens } };
    const read = await thrownBy(() => apply('smote', words));
    expect(read.message).toContain('codes of words');
    const gap = { ...data.features, values: data.features.values.with(6, NaN) };
    const missing = await thrownBy(() => apply('smote', { ...data, features: gap }));
    expect(missing.message).toContain('"x1"');
  });

  it('refuses sparse features that would not fit when they are written out, before it does', async () => {
    const rows = 60_000;
    const sparse = {
      starts: Int32Array.from({ length: rows + 1 }, (_, i) => i),
      places: Int32Array.from({ length: rows }, (_, i) => i % 10_000),
      values: new Float32Array(rows).fill(1),
    };
    const names = Array.from({ length: 10_000 }, (_, j) => `id ${j}`);
    const features = sparseMatrix({ rows, width: names.length, names }, sparse);
    const target = Float64Array.from({ length: rows }, (_, i) => Number(i % 10 === 0));
    const wide = { task: 'classification', features, target, outputs: 2 } as const;
    const error = await thrownBy(() => apply('smote', wide));
    expect(error.message).toBe(
      'SMOTE: 108,000 rows of 10,000 features are 1,080,000,000 numbers, and at most 100,000,000 fit into memory.',
    );
    expect(countsOf(await apply('oversample', wide))).toEqual([54_000, 54_000]);
  });
});

/** By the definition, in the slowest way: all distances sorted, all pairs tried. */
function liesBetween(more: TrainingData, row: number, data: TrainingData, k: number): boolean {
  const point = rowOf(more.features, row);
  const own = Array.from(data.target.keys()).filter((i) => data.target[i] === more.target[row]);
  return own.some((i) => {
    const from = rowOf(data.features, i);
    const distance = (other: number): number =>
      rowOf(data.features, other).reduce((sum, x, j) => sum + (x - (from[j] ?? NaN)) ** 2, 0);
    const near = own
      .filter((other) => other !== i)
      .sort((a, b) => distance(a) - distance(b))
      .slice(0, k);
    return near.some((other) => {
      const to = rowOf(data.features, other);
      const axis = to.findIndex((x, j) => x !== from[j]);
      const share =
        ((point[axis] ?? 0) - (from[axis] ?? 0)) / ((to[axis] ?? 0) - (from[axis] ?? 0));
      if (!(share >= -1e-5 && share <= 1 + 1e-5)) return false;
      return point.every(
        (x, j) => Math.abs(x - ((from[j] ?? 0) + share * ((to[j] ?? 0) - (from[j] ?? 0)))) < 1e-4,
      );
    });
  });
}
