import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { featureCoefficients } from '#core/run/feature-coefficients.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';
import { trainToEnd } from '../support/training-data.ts';
import { amounts, draw, scales, withConstant } from './draw-data.ts';
import { runPython } from './python.ts';

/** Of the largest coefficient. */
const TOLERANCE = 1e-4;

interface Case {
  readonly name: string;
  readonly model: string;
  /** scikit-learn's, for the target in its own unit. */
  readonly parameters: ParameterValues;
  /** The same for a target divided by its deviation. */
  readonly own?: (deviation: number) => ParameterValues;
  readonly data: TrainingData;
}

interface Reference {
  readonly coefficients: readonly (readonly number[])[];
  readonly intercepts: readonly number[];
}

const tight = { max_iter: 10_000, tol: 1e-10 };
/** Values far from 0 and in a unit of their own: standardized, they have other coefficients. */
const values = (data: TrainingData): TrainingData => ({
  ...data,
  target: data.target.map((value) => 40 * value + 900),
});
const mixed = (alpha: number, share: number) => (deviation: number) => {
  const [l1, l2] = [(alpha * share) / deviation, alpha * (1 - share)];
  return { alpha: l1 + l2, l1_ratio: l1 / (l1 + l2), ...tight };
};

const cases: readonly Case[] = [
  {
    name: 'ridge over features of any scale',
    model: 'ridge',
    parameters: { alpha: 2 },
    data: values(draw({ seed: 1, rows: 200, width: 5, outputs: 1, scaleOf: scales(2, 5) })),
  },
  {
    name: 'ridge with one feature',
    model: 'ridge',
    parameters: { alpha: 1 },
    data: values(draw({ seed: 2, rows: 50, width: 1, outputs: 1, offset: 3 })),
  },
  {
    name: 'ridge with a constant feature',
    model: 'ridge',
    parameters: { alpha: 1 },
    data: values(withConstant(3, 1)),
  },
  {
    name: 'lasso',
    model: 'lasso',
    parameters: { alpha: 4, ...tight },
    own: (deviation) => ({ alpha: 4 / deviation, ...tight }),
    data: values(draw({ seed: 4, rows: 200, width: 6, outputs: 1, offset: 1 })),
  },
  {
    name: 'elastic net',
    model: 'elastic_net',
    parameters: { alpha: 0.5, l1_ratio: 0.6, ...tight },
    own: mixed(0.5, 0.6),
    data: values(draw({ seed: 5, rows: 200, width: 6, outputs: 1 })),
  },
  {
    name: 'quantile regression',
    model: 'quantile_regression',
    parameters: { quantile: 0.7, alpha: 0.01, max_iter: 200, tol: 1e-10 },
    data: values(draw({ seed: 6, rows: 201, width: 4, outputs: 1 })),
  },
  {
    name: 'Poisson regression',
    model: 'poisson_regression',
    parameters: { alpha: 0.1, ...tight },
    data: amounts(draw({ seed: 7, rows: 200, width: 4, outputs: 1 })),
  },
  {
    name: 'logistic regression of two classes',
    model: 'logistic_regression',
    parameters: { C: 1, penalty: 'l2', ...tight },
    data: draw({ seed: 8, rows: 200, width: 5, outputs: 2, offset: 1 }),
  },
  {
    name: 'logistic regression of four classes',
    model: 'logistic_regression',
    parameters: { C: 1, penalty: 'l2', ...tight },
    data: draw({ seed: 9, rows: 300, width: 5, outputs: 4, scaleOf: scales(1, 5) }),
  },
];

describe('coefficients as they are shown equal scikit-learn’s coef_ and intercept_', () => {
  let references: readonly Reference[] = [];
  beforeAll(async () => {
    const asked = cases.map(({ model, parameters, data }) => ({
      ...{ model, parameters, weights: null, balanced: false, outputs: data.outputs },
      rows: data.features.rows,
      features: [...data.features.values],
      target: [...data.target],
    }));
    const script = fileURLToPath(new URL('models.py', import.meta.url));
    const answer = await runPython(script, { input: JSON.stringify(asked) });
    references = JSON.parse(answer) as readonly Reference[];
  });

  it.each(cases.map((one, i) => [one.name, one, i] as const))('%s', async (_, one, i) => {
    const { data, parameters, own } = one;
    const wanted = references[i] ?? expect.fail('no reference');
    const estimator = estimatorNamed(one.model);
    const trainer = estimator.train ?? expect.fail(`${one.model} has no trainer`);
    const train = data.outputs === 1 ? standardized(data) : data;
    const deviation = train.targetScale?.standardDeviation ?? 1;
    const { model } = await trainToEnd(trainer, train, own?.(deviation) ?? parameters);
    const classes =
      data.outputs === 1
        ? {}
        : { classes: Array.from({ length: data.outputs }, (__, k) => `c${k}`) };
    const { coefficients } = await featureCoefficients(estimator, model, train, classes);
    const outputs = coefficients?.outputs ?? [];
    expect(outputs).toHaveLength(wanted.coefficients.length);
    const largest = Math.max(...wanted.coefficients.flat().map(Math.abs));
    const { names } = data.features;
    for (const [k, output] of outputs.entries()) {
      expect(output.largest.map(({ feature }) => feature).sort()).toEqual([...names].sort());
      for (const { feature, coefficient } of output.largest) {
        const other = wanted.coefficients[k]?.[names.indexOf(feature)] ?? NaN;
        expect(Math.abs(coefficient - other), feature).toBeLessThanOrEqual(TOLERANCE * largest);
      }
    }
    // Of several classes all intercepts may be raised together, which changes no probability.
    const intercepts = centred(outputs.map(({ intercept }) => intercept));
    const others = centred(wanted.intercepts);
    const unit = Math.max(largest, ...wanted.intercepts.map(Math.abs));
    for (const [k, intercept] of intercepts.entries()) {
      expect(Math.abs(intercept - (others[k] ?? NaN))).toBeLessThanOrEqual(TOLERANCE * unit);
    }
  });
});

function standardized(data: TrainingData): TrainingData {
  const rows = data.target.length;
  const mean = data.target.reduce((sum, y) => sum + y, 0) / rows;
  const squares = data.target.reduce((sum, y) => sum + (y - mean) ** 2, 0);
  const standardDeviation = Math.sqrt(squares / rows);
  return {
    ...data,
    target: data.target.map((y) => (y - mean) / standardDeviation),
    targetScale: { mean, standardDeviation },
  };
}

function centred(intercepts: readonly number[]): readonly number[] {
  if (intercepts.length === 1) return intercepts;
  const mean = intercepts.reduce((sum, one) => sum + one, 0) / intercepts.length;
  return intercepts.map((one) => one - mean);
}
