import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeMatrixRows, type FeatureMatrix } from '#core/features/matrix.ts';
import { FeaturePipeline } from '#core/features/pipeline.ts';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { weightOfType } from '#core/models/weight-tensor.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { RandomStream } from '#core/random.ts';
import type { ContractInput } from '#core/spec/contract.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import type { SpecStep } from '#core/spec/spec.ts';
import { trainToEnd } from '../support/training-data.ts';
import { runPython } from './python.ts';

interface Asked {
  /** As sparse.py calls it. */
  readonly reference: string;
  readonly model: string;
  /** Column of the target. */
  readonly target: string;
  readonly parameters: ParameterValues;
}

const tight = { max_iter: 10_000, tol: 1e-10 };
const logistic = { model: 'logistic_regression', parameters: tight };
const asked: Readonly<Record<'categories' | 'texts', readonly Asked[]>> = {
  categories: [
    { reference: 'kind', target: 'kind', ...logistic },
    { reference: 'grade', target: 'grade', ...logistic },
    { reference: 'ridge', target: 'price', model: 'ridge', parameters: { alpha: 1 } },
    {
      reference: 'elastic_net',
      target: 'price',
      model: 'elastic_net',
      parameters: { alpha: 1e-4, l1_ratio: 0.5, max_iter: 100_000, tol: 1e-12 },
    },
    {
      reference: 'poisson',
      target: 'visits',
      model: 'poisson_regression',
      parameters: { alpha: 1e-3, ...tight },
    },
  ],
  texts: [
    { reference: 'kind', target: 'kind', ...logistic },
    { reference: 'ridge', target: 'price', model: 'ridge', parameters: { alpha: 1 } },
    ...['multinomial', 'bernoulli'].map((kind) => ({
      ...{ reference: kind, target: 'kind', model: 'naive_bayes', parameters: { kind } },
    })),
  ],
};

const inputOf = (name: string, type: ContractInput['type']): ContractInput => ({
  ...{ name, tensor: name, type, dtype: type === 'numeric' ? 'float64' : 'string' },
  ...{ missing: [], example: '' },
});
const tables: Readonly<
  Record<keyof typeof asked, { inputs: readonly ContractInput[]; steps: readonly SpecStep[] }>
> = {
  categories: {
    inputs: [
      inputOf('size', 'numeric'),
      inputOf('share', 'numeric'),
      inputOf('town', 'categorical'),
    ],
    steps: [{ step: 'one_hot', columns: 'categorical', parameters: { max_categories: 200_000 } }],
  },
  texts: {
    inputs: [inputOf('text', 'text')],
    steps: [{ step: 'tfidf', columns: 'text', parameters: { max_features: 200_000, min_df: 1 } }],
  },
};

/** Holds models on sparse features against scikit-learn's, on tables that are this share of the whole ones. */
export function describeSparseTables(share: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'terrarium-sparse-'));
  const made = { widths: {} as Record<string, number> };
  beforeAll(async () => {
    const script = fileURLToPath(new URL('sparse.py', import.meta.url));
    const told = await runPython(script, { args: [folder, String(share)] });
    made.widths = JSON.parse(told) as Record<string, number>;
  }, 600_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const numbersOf = (name: string): Float64Array => {
    const { buffer } = Uint8Array.from(readFileSync(join(folder, `${name}.f64`)));
    return new Float64Array(buffer);
  };

  describe.each(['categories', 'texts'] as const)('%s', (table) => {
    const columns: Record<string, readonly (string | number)[]> = {};
    let features: FeatureMatrix;
    beforeAll(() => {
      const text = readFileSync(join(folder, `${table}.json`), 'utf8');
      Object.assign(columns, JSON.parse(text));
      const { inputs, steps } = tables[table];
      const raw = inputs.map(({ name, type }) =>
        type === 'numeric'
          ? {
              kind: 'numeric' as const,
              name,
              values: Float64Array.from(columns[name] ?? [], Number),
            }
          : { kind: 'text' as const, name, values: (columns[name] ?? []).map(String) },
      );
      const rows = columns['kind']?.length ?? 0;
      const [target, random] = [new Float64Array(rows), new RandomStream(1)];
      const context = { task: 'regression' as const, target, outputs: 1, random };
      ({ features } = FeaturePipeline.fit(steps, inputs, raw, context));
    });

    it('comes sparse, and as wide as scikit-learn makes it', () => {
      expect(features.sparse).toBeDefined();
      expect(features.width).toBe(made.widths[table]);
    });

    it.each(asked[table].map((one) => [one.reference, one] as const))(
      '%s',
      async (_, one) => {
        const values = Float64Array.from(columns[one.target] ?? [], Number);
        const model = await trained(one, features, values);
        const wanted = numbersOf(`${table}.${one.reference}`);
        if (wanted.length > 0) expectSameCoefficients(model, wanted);
        const predictions = await model.predict(features);
        const others = numbersOf(`${table}.${one.reference}.predictions`);
        const { mean, deviation } = scaleOf(one, values);
        expect(predictions).toHaveLength(others.length);
        let furthest = 0;
        for (const [i, value] of predictions.entries()) {
          const own = others[i] ?? NaN;
          const other = one.model === 'poisson_regression' ? (own - mean) / deviation : own;
          const away = Math.abs(value - other) / Math.max(1, Math.abs(value));
          if (!(away <= furthest)) furthest = away;
        }
        expect(furthest).toBeLessThanOrEqual(1e-5);
      },
      600_000,
    );
  });
}

function scaleOf({ model }: Asked, values: Float64Array) {
  if (model === 'logistic_regression' || model === 'naive_bayes') return { mean: 0, deviation: 1 };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / values.length) };
}

async function trained(
  one: Asked,
  features: FeatureMatrix,
  values: Float64Array,
): Promise<TrainedModel> {
  const estimator = estimatorNamed(one.model);
  const parameters = resolveParameters(estimator.parameters, one.parameters, one.model);
  const { mean, deviation } = scaleOf(one, values);
  const outputs = estimator.tasks.includes('classification') ? Math.max(...values) + 1 : 1;
  const data: TrainingData = {
    ...{ task: outputs > 1 ? 'classification' : 'regression', outputs },
    features,
    target: values.map((value) => (value - mean) / deviation),
    ...(outputs === 1 && { targetScale: { mean, standardDeviation: deviation } }),
  };
  const none = {
    ...data,
    features: takeMatrixRows(features, new Int32Array(0)),
    target: new Float64Array(0),
  };
  const { model } = await trainToEnd(estimator.train ?? expect.fail(), data, parameters, 1, none);
  expect(model.warnings).toEqual([]);
  return model;
}

/** Coefficients by output, then intercepts, as scikit-learn has them: with two classes only the second one's. */
function expectSameCoefficients({ weights }: TrainedModel, wanted: Float64Array): void {
  const { shape, values } = weightOfType(weights, 'coefficients', Float64Array);
  const [width = 0, outputs = 0] = shape;
  const first = outputs === 2 ? 1 : 0;
  const listed = Array.from({ length: (outputs - first) * width }, (_, at) => {
    const k = first + Math.floor(at / width);
    return values[(at % width) * outputs + k] ?? NaN;
  });
  const largest = listed.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const furthest = listed.reduce(
    (most, value, at) => Math.max(most, Math.abs(value - (wanted[at] ?? NaN))),
    0,
  );
  expect(listed.length + outputs - first).toBe(wanted.length);
  expect(furthest / largest).toBeLessThanOrEqual(1e-4);
}
