import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { metricsFor } from '#core/evaluation/registry.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { TrainedModel } from '#core/models/estimator.ts';
import { weightOfType } from '#core/models/weight-tensor.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainToEnd } from '../support/training-data.ts';
import { withoutTarget } from './group-data.ts';
import { runPython } from './python.ts';

const script = fileURLToPath(new URL('reduction.py', import.meta.url));

interface Draw {
  readonly rows: number;
  readonly width: number;
  /** How many normal numbers each row is made of, and how much noise is added to each feature. */
  readonly factors: number;
  readonly noise: number;
  /** What becomes of feature j. */
  readonly feature?: (value: number, j: number, row: readonly number[]) => number;
}

/** Rows to learn from and rows to answer, of one make. */
function draw(seed: number, { rows, width, factors, noise, feature }: Draw): FeatureMatrix[] {
  const random = new RandomStream(seed);
  // Later factors are weaker, so that no two directions have the same variance.
  const mixing = Float64Array.from(
    { length: factors * width },
    (_, at) => random.normal() / (1 + Math.floor(at / width) / 2),
  );
  return [rows, 40].map((count) => {
    const values = new Float32Array(count * width);
    for (let i = 0; i < count; i += 1) {
      const own = Array.from({ length: factors }, () => random.normal());
      const row = Array.from({ length: width }, (_, j) =>
        own.reduce(
          (sum, factor, f) => sum + factor * (mixing[f * width + j] ?? 0),
          noise * random.normal(),
        ),
      );
      values.set(
        feature === undefined ? row : row.map((value, j) => feature(value, j, row)),
        i * width,
      );
    }
    const names = Array.from({ length: width }, (_, j) => `x${j}`);
    return { rows: count, width, values, names };
  });
}

const tables: Readonly<Record<string, Draw>> = {
  plain: { rows: 300, width: 5, factors: 5, noise: 0.2 },
  'a few strong factors': { rows: 500, width: 30, factors: 3, noise: 0.3 },
  'columns that add up to others': {
    rows: 200,
    width: 6,
    factors: 3,
    noise: 0.5,
    feature: (value, j, row) => (j < 4 ? value : (row[j - 4] ?? 0) + (row[j - 3] ?? 0)),
  },
  'constant columns': {
    rows: 150,
    width: 6,
    factors: 4,
    noise: 0.2,
    feature: (value, j) => (j % 3 === 1 ? 7.25 : value),
  },
  'more columns than rows': { rows: 25, width: 60, factors: 6, noise: 0.2 },
  'far from 0': { rows: 250, width: 4, factors: 4, noise: 0.1, feature: (value) => value + 1000 },
  'unlike scales': {
    rows: 250,
    width: 5,
    factors: 5,
    noise: 0.2,
    feature: (value, j) => value * 10 ** (j - 2),
  },
  'one column': { rows: 60, width: 1, factors: 1, noise: 0.1 },
};

const settings = [
  { keep: 'count', n_components: 2, whiten: false },
  { keep: 'count', n_components: 3, whiten: true },
  { keep: 'share', share: 0.9, whiten: false },
] as const;

const cases = Object.entries(tables).flatMap(([name, table], t) => {
  const [features, later] = draw(t + 1, table);
  if (features === undefined || later === undefined) throw new Error('nothing was drawn');
  return settings.map((given, s) => {
    const most = Math.min(table.width, 3);
    const parameters =
      given.keep === 'count'
        ? { ...given, n_components: Math.min(most, given.n_components) }
        : given;
    const random = new RandomStream(100 + 10 * t + s);
    const counts = new Uint32Array(later.rows);
    for (let i = 0; i < later.rows; i += 1) {
      const row = random.integer(later.rows);
      counts[row] = (counts[row] ?? 0) + 1;
    }
    const title = `${name}, ${Object.values(parameters).join(' ')}`;
    return { title, features, later, parameters, counts };
  });
});

interface Reference {
  readonly axes: readonly number[];
  readonly shares: readonly number[];
  readonly components: readonly number[];
  readonly rebuilt: readonly number[];
  readonly explained_variance: number;
  readonly reconstruction_rmse: number;
}

const models: TrainedModel[] = [];
let references: readonly Reference[] = [];

beforeAll(async () => {
  const { train, parameters } = estimatorNamed('pca');
  if (train === undefined) throw new Error('pca has no trainer of its own');
  for (const one of cases) {
    const values = resolveParameters(parameters, one.parameters, 'pca');
    const data = withoutTarget('reduction', one.features);
    models.push((await trainToEnd(train, data, values, 1, data)).model);
  }
  const asked = cases.map(({ features, later, parameters: given, counts }) => ({
    width: features.width,
    features: [...features.values],
    new: [...later.values],
    counts: [...counts],
    n_components: given.keep === 'count' ? given.n_components : given.share,
    whiten: given.whiten,
  }));
  references = JSON.parse(
    await runPython(script, { input: JSON.stringify(asked) }),
  ) as readonly Reference[];
});

/** Largest difference as a share of the largest number of all. */
function apart(own: ArrayLike<number>, wanted: readonly number[]): number {
  expect(own).toHaveLength(wanted.length);
  const unit = Math.max(...wanted.map(Math.abs));
  return Math.max(...wanted.map((value, i) => Math.abs(value - (own[i] ?? NaN)))) / unit;
}

describe.each(cases.map((one, i) => [one.title, i] as const))('scikit-learn’s PCA: %s', (_, i) => {
  const { later, counts } = cases[i] ?? { later: undefined, counts: undefined };

  it('has the same directions and shares of variance, with the same signs', () => {
    const axes = estimatorNamed('pca').axes?.(models[i]?.weights ?? []);
    const reference = references[i];
    expect(
      apart(axes?.axes.flatMap((axis) => [...axis]) ?? [], reference?.axes ?? []),
    ).toBeLessThan(1e-6);
    const shares = axes?.variances.map((variance) => variance / axes.total) ?? [];
    const kept = reference?.shares ?? [];
    expect(apart(shares.slice(0, kept.length), kept)).toBeLessThan(1e-6);
  });

  it('gives new rows the same components, and puts them together again alike', async () => {
    const { weights = [] } = models[i] ?? {};
    const answers = (await models[i]?.predict(later ?? fail())) ?? new Float32Array();
    const read = (name: string): Float64Array => weightOfType(weights, name, Float64Array).values;
    const [centre, axes, scales] = [read('centre'), read('axes'), read('scales')];
    const [k, width] = [scales.length, centre.length];
    const components = answers.filter((__, at) => at % (k + 1) < k);
    expect(apart(components, references[i]?.components ?? [])).toBeLessThan(1e-6);
    const rebuilt = Array.from({ length: (later?.rows ?? 0) * width }, (__, at) => {
      const [row, j] = [Math.floor(at / width), at % width];
      return Array.from(scales).reduce(
        (sum, scale, c) =>
          sum + (components[row * k + c] ?? 0) * scale * (axes[c * width + j] ?? 0),
        centre[j] ?? 0,
      );
    });
    expect(apart(rebuilt, references[i]?.rebuilt ?? [])).toBeLessThan(1e-6);
  });

  it('has the same figures on resampled rows', async () => {
    const answers = (await models[i]?.predict(later ?? fail())) ?? new Float32Array();
    const step = answers.length / (later?.rows ?? 1);
    const scored = {
      task: 'reduction',
      errors: answers.filter((__, at) => at % step === step - 1),
      features: later ?? fail(),
    } as const;
    for (const metric of metricsFor('reduction')) {
      const value = metric.prepare(scored)(counts ?? fail()) ?? NaN;
      const wanted = references[i]?.[metric.name as keyof Reference] as number;
      // Where nothing is lost, both are the rounding of float32 answers.
      expect(Math.abs(value - wanted), metric.name).toBeLessThanOrEqual(1e-6 * Math.max(1, wanted));
    }
  });
});

function fail(): never {
  throw new Error('there is no such case');
}

describe('random directions', () => {
  it('are orthonormal, and keep k of p shares of the variance in the mean', async () => {
    const { features } = cases[0] ?? fail();
    const { train, parameters, axes: axesOf } = estimatorNamed('random_projection');
    if (train === undefined) throw new Error('it has no trainer of its own');
    const kept: number[] = [];
    for (let seed = 1; seed <= 200; seed += 1) {
      const data = withoutTarget('reduction', features);
      const values = resolveParameters(parameters, { n_components: 2 }, 'random_projection');
      const { model } = await trainToEnd(train, data, values, seed, data);
      const { axes = [], variances = [], total = NaN } = axesOf?.(model.weights) ?? {};
      for (const [a, left] of axes.entries()) {
        for (const [b, right] of axes.entries()) {
          const product = left.reduce((sum, value, j) => sum + value * (right[j] ?? 0), 0);
          expect(product).toBeCloseTo(a === b ? 1 : 0, 12);
        }
      }
      kept.push(variances.reduce((sum, variance) => sum + variance, 0) / total);
    }
    const mean = kept.reduce((sum, share) => sum + share, 0) / kept.length;
    expect(mean).toBeGreaterThan(2 / 5 - 0.06);
    expect(mean).toBeLessThan(2 / 5 + 0.06);
  });
});
