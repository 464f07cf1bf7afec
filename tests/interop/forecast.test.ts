import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '#core/data/table.ts';
import { mase } from '#core/evaluation/mase.ts';
import { windowValues, type RawColumn } from '#core/features/windows/window-column.ts';
import { windowFeatures } from '#core/features/windows/window-features.ts';
import type { GraphInput } from '#core/engine.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { RandomStream } from '#core/random.ts';
import { prepareRun, type PreparedRun } from '#core/run/prepare-run.ts';
import { trainCandidate } from '#core/run/train-candidate.ts';
import { exportTrained } from '#core/run/export-trained.ts';
import type { Forecast } from '#core/spec/forecast.ts';
import { windowPlans } from '#core/spec/forecast.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { withForecast } from '#core/spec/propose-forecast.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { nodeEngine, noise, tableOf } from '../support/experiment.ts';
import { readText } from '../support/csv.ts';
import { runPython } from './python.ts';
import { inThreeRuntimes } from './three-runtimes.ts';

const DAY = 86_400_000;
const forecast: Forecast = {
  time: 'day',
  series: 'shop',
  horizon: 3,
  lags: [0, 1, 5],
  inputs: ['visitors'],
  rolling: { windows: [4, 9], statistics: ['mean', 'std', 'min', 'max'] },
  season: 7,
};
/** Two shops, one of which begins later, with values missing here and there. */
const perShop = 150;
const csv = tableOf(2 * perShop, {
  day: (row) =>
    new Date(Date.UTC(2023, 0, 1) + ((row % perShop) + (row < perShop ? 0 : 9)) * DAY)
      .toISOString()
      .slice(0, 10),
  shop: (row) => (row < perShop ? 'east' : 'west'),
  visitors: (row) => (row % 31 === 4 ? '' : (100 * noise(row, 1)).toFixed(1)),
  y: (row) =>
    row % 23 === 8 ? '' : (50 + 9 * ((row % 7) - 3) + row / 20 + 8 * noise(row)).toFixed(2),
});

interface Reference {
  readonly features: Readonly<Record<string, readonly (number | null)[]>>;
  readonly naive: Readonly<Record<string, readonly (number | null)[]>>;
  readonly scale: number;
  readonly mase: Readonly<Record<string, number>>;
}

let dataset: Dataset;
let spec: Spec;
let prepared: PreparedRun;
let python: Reference;
/** The target of each row, and the test rows whose naive forecasts are both known. */
let known: { readonly y: readonly (number | null)[]; readonly test: readonly number[] };

beforeAll(async () => {
  dataset = await readText(csv);
  spec = withForecast(
    proposeSpec(dataset.info, 'y', { seed: 7, task: 'regression' }),
    dataset.info,
    forecast,
  );
  prepared = prepareRun(spec, dataset);
  const cells = dataset.table.columns[3];
  const y = Array.from({ length: 2 * perShop }, (_, row) => {
    const text = cells?.at(row) ?? '';
    return text === '' ? null : Number(text);
  });
  const { train, test } = prepared.parts;
  const isKnown = (row: number): boolean => y[row - 3] !== null && y[row - 7] !== null;
  known = { y, test: [...test.rows].filter(isKnown) };
  const request = {
    series: y.map((_, row) => (row < perShop ? 'east' : 'west')),
    y,
    ...{ horizon: 3, season: 7, lags: windowPlans(forecast).target.lags, windows: [4, 9] },
    train: [...train.rows],
    test: known.test,
  };
  const script = fileURLToPath(new URL('forecast.py', import.meta.url));
  python = JSON.parse(await runPython(script, { input: JSON.stringify(request) })) as Reference;
});

describe('what a forecast looks back on', () => {
  it('is what pandas’ shift and rolling give, series by series', () => {
    for (const part of [prepared.parts.train, prepared.parts.test]) {
      const windows = part.columns.find(({ name }) => name === 'y');
      if (windows?.kind !== 'window') throw new Error('the target is no window');
      const features = windowFeatures(windows, windowPlans(forecast).target);
      expect(features.map(({ name }) => name)).toEqual(Object.keys(python.features));
      for (const { name, values } of features) {
        const wanted = Array.from(part.rows, (row) => python.features[name]?.[row] ?? NaN);
        for (const [i, value] of values.entries()) {
          if (Number.isNaN(wanted[i])) expect(value, `${name}, row ${i}`).toBeNaN();
          else expect(value, `${name}, row ${i}`).toBeCloseTo(wanted[i] ?? NaN, 10);
        }
      }
    }
  });

  it('the scale of MASE is NumPy’s mean difference to a season earlier in the training rows', () => {
    expect(prepared.contract.forecast?.naiveError).toBeCloseTo(python.scale, 10);
  });
});

describe.each(['last_value', 'seasonal_naive'])('%s', (model) => {
  it('has the MASE that NumPy computes of it', () => {
    const tested = known.test.map((row) => [
      known.y[row] ?? NaN,
      python.naive[model]?.[row] ?? NaN,
    ]);
    const [actual, predicted] = [0, 1].map((k) =>
      Float64Array.from(tested, (pair) => pair[k] ?? NaN),
    );
    const scored = {
      task: 'regression' as const,
      actual: actual ?? new Float64Array(),
      predicted: predicted ?? new Float64Array(),
      naiveError: python.scale,
    };
    const once = new Uint32Array(tested.length).fill(1);
    expect(mase.prepare(scored)(once)).toBeCloseTo(python.mase[model] ?? NaN, 10);
  });

  it('is pandas’ shift, and the training mean where that is missing', async () => {
    const fitted = prepared.fittedFor({ model });
    const { model: trained } = await train(model);
    const answers = await trained.predict(fitted.parts.test.data.features);
    const { mean = 0, standardDeviation = 1 } = fitted.contract.target;
    for (const [i, row] of fitted.parts.test.rows.entries()) {
      const wanted = python.naive[model]?.[row] ?? mean;
      expect((answers[i] ?? NaN) * standardDeviation + mean).toBeCloseTo(wanted, 4);
    }
  });
});

describe.each([
  ['last_value', {}],
  ['seasonal_naive', {}],
  ['ridge', {}],
  ['gradient_boosting', { max_iter: 20 }],
  ['random_forest', { n_estimators: 10 }],
  ['nearest_neighbours', {}],
  ['conv1d', { epochs: 5, pooling: 'none' }],
  ['gru', { epochs: 5, layers: 2, units: 9 }],
] as const)('the graph of %s takes windows', (model, given) => {
  it('and agrees with the trainer in all three runtimes, as onnx.checker does', async () => {
    const fitted = prepared.fittedFor({ model });
    const { model: trained, parameters } = await train(model, given);
    const bytes = exportTrained(fitted, estimatorNamed(model), parameters, trained);
    const { columns, rows, data } = fitted.parts.test;
    const feeds = Object.fromEntries(
      fitted.contract.inputs.map(({ tensor, dtype }, i) => {
        const column = columns[i];
        if (column === undefined) throw new Error(`no column for ${tensor}`);
        return [tensor, feedOf(column, dtype, rows.length)];
      }),
    );
    const own = await trained.predict(data.features);
    const answers = await inThreeRuntimes(bytes, feeds, rows.length, 'value');
    const { mean = 0, standardDeviation = 1 } = fitted.contract.target;
    for (const runtime of ['web', 'node', 'python'] as const) {
      expect(answers[runtime]).toHaveLength(rows.length);
      for (const [i, value] of answers[runtime].entries()) {
        const difference = (value - mean) / standardDeviation - (own[i] ?? NaN);
        expect(Math.abs(difference), `${runtime}, row ${i}`).toBeLessThanOrEqual(1e-5);
      }
    }
  });
});

function feedOf(column: RawColumn, dtype: GraphInput['dtype'], rows: number): GraphInput {
  if (column.kind === 'text') return { dtype: 'string', values: column.values };
  if (column.kind === 'image') throw new TypeError('a forecast has no images');
  const values = column.kind === 'window' ? windowValues(column, 0, rows) : column.values;
  return dtype === 'float32'
    ? { dtype, values: Float32Array.from(values) }
    : { dtype: 'float64', values };
}

async function train(model: string, given: Readonly<Record<string, unknown>> = {}) {
  const estimator = estimatorNamed(model);
  const parameters = resolveParameters(estimator.parameters, given, model);
  const { model: trained } = await trainCandidate(
    estimator,
    parameters,
    prepared.fittedFor({ model }),
    await nodeEngine(),
    {
      random: new RandomStream(1),
      signal: new AbortController().signal,
      onEpoch: () => undefined,
    },
  );
  return { model: trained, parameters };
}

it('calendar features come from the time that is predicted', () => {
  expect(prepared.pipeline.featureNames).toContain('day.weekday');
});
