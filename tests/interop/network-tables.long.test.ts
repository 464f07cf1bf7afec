import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { trainToEnd } from '../support/training-data.ts';
import {
  compareOnTables,
  dataOf,
  MARGIN,
  mean,
  realTables,
  reportHead,
  scoreOn,
  type Part,
  type RealTable,
} from './real-tables.ts';

/** The same as SETTINGS in network_tables.py. */
const settings = {
  hidden_units: [32, 16],
  batch_size: 32,
  learning_rate: 0.005,
  epochs: 100,
  patience: 20,
  weight_decay: 1e-4,
};
/** The share of the training rows that tells when to stop. */
const VALIDATION = 0.1;

let tables: readonly RealTable[] = [];
const report = [...reportHead];

beforeAll(async () => {
  tables = await realTables('network_tables.py');
}, 300_000);

afterAll(() => {
  console.log(report.join('\n'));
});

it(`a network is within ${MARGIN} of scikit-learn's on average over twelve tables three times each, and over those of its MLPClassifier, and on none worse by two standard errors`, async () => {
  expect(tables).toHaveLength(12);
  const { lines, differences, difference, worse } = await compareOnTables(tables, 'mlp', scoreOf);
  report.push(...lines);
  expect(worse).toEqual([]);
  expect(difference).toBeGreaterThanOrEqual(-MARGIN);
  const ofClasses = differences.filter((_, i) => (tables[i]?.parts[0]?.outputs ?? 1) > 1);
  expect(ofClasses).toHaveLength(7);
  expect(mean(ofClasses)).toBeGreaterThanOrEqual(-MARGIN);
}, 600_000);

async function scoreOf(table: RealTable, part: Part, seed: number): Promise<number> {
  const standardize = standardizer(dataOf(table, part, part.train));
  const rowsOf = (rows: readonly number[]): TrainingData => standardize(dataOf(table, part, rows));
  // The rows of a part come in a random order.
  const held = Math.ceil(VALIDATION * part.train.length);
  const { model } = await trainToEnd(
    trainNetworkOn('wasm', mlp),
    rowsOf(part.train.slice(held)),
    resolveParameters(mlp.parameters, settings, 'mlp'),
    seed + 1,
    rowsOf(part.train.slice(0, held)),
  );
  return scoreOn(model, rowsOf(part.test));
}

/** Missing numbers become the mean of the training rows, and features (x − mean) ÷ deviation. */
function standardizer({ features }: TrainingData): (data: TrainingData) => TrainingData {
  const { width } = features;
  const spread = Array.from({ length: width }, (_, j) => {
    const known = [...features.values].filter((x, i) => i % width === j && !Number.isNaN(x));
    const mean = known.reduce((sum, x) => sum + x, 0) / known.length;
    const squares = features.values.reduce(
      (sum, x, i) => (i % width === j && !Number.isNaN(x) ? sum + (x - mean) ** 2 : sum),
      0,
    );
    return { mean, deviation: Math.sqrt(squares / features.rows) || 1 };
  });
  return (data) => ({
    ...data,
    features: {
      ...data.features,
      values: data.features.values.map((x, i) => {
        const { mean = 0, deviation = 1 } = spread[i % width] ?? {};
        return Number.isNaN(x) ? 0 : (x - mean) / deviation;
      }),
    },
  });
}
