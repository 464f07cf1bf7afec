import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import type { Layer } from '#core/networks/layer.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import { drawTraining } from '../support/training-data.ts';
import {
  expectLikeReference,
  referencesOf,
  type NetworkCase,
  type Reference,
} from './network-reference.ts';

const ROWS = 61;
const EPOCHS = 12;
const BATCH = 12;

const cases: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  adam: { weight_decay: 0.05 },
  'adamw, one cycle': { optimizer: 'adamw', weight_decay: 0.1, schedule: 'one_cycle' },
  'sgd, steps': {
    ...{ optimizer: 'sgd', learning_rate: 0.05, weight_decay: 0.03 },
    ...{ schedule: 'step', drop_epochs: 5, drop_factor: 0.3 },
  },
  'sgd, nesterov, cosine': {
    ...{ optimizer: 'sgd', nesterov: true, momentum: 0.7, learning_rate: 0.05 },
    schedule: 'cosine',
  },
  'short gradients': { optimizer: 'sgd', learning_rate: 0.2, clip_norm: 0.1 },
  'smooth labels': { label_smoothing: 0.3 },
  'weights of rows': { weighted: true, optimizer: 'sgd', learning_rate: 0.1 },
  dropout: { dropout: 0.4, activation: 'tanh' },
  'batch normalization, and a last batch of one row': { batch_norm: true, optimizer: 'adamw' },
  'everything at once': {
    ...{ weighted: true, dropout: 0.2, batch_norm: true, label_smoothing: 0.1, clip_norm: 0.5 },
    ...{ optimizer: 'adamw', weight_decay: 0.1, schedule: 'one_cycle', warmup: 0.2 },
  },
};
const tasks = ['classification', 'regression'] as const;
const all = Object.entries(cases).flatMap(([name, given]) =>
  tasks
    .filter((task) => task === 'classification' || !('label_smoothing' in given))
    .map((task) => ({ name, task, given })),
);
type Case = (typeof all)[number];

function parametersOf({ given }: Case): ParameterValues {
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => name !== 'weighted'));
  const usual = { hidden_units: [6, 4], epochs: EPOCHS, patience: EPOCHS, batch_size: BATCH };
  return resolveParameters(mlp.parameters, { ...usual, ...own }, 'test');
}

function dataOf({ task, given }: Case): TrainingData {
  const data = drawTraining(task, { seed: 3, rows: ROWS, outputs: 3 });
  if (given.weighted !== true) return data;
  const weights = Float64Array.from({ length: ROWS }, (_, i) => (i % 3) * (ROWS / 60));
  return { ...data, weights };
}

function networkOf(one: Case): NetworkCase {
  const [data, parameters] = [dataOf(one), parametersOf(one)];
  const { task, outputs, features } = data;
  const plan = mlp.network?.({ task, outputs, width: features.width }, parameters);
  if (plan === undefined) throw new Error('the MLP is no network');
  return { plan, data, validation: dataOf({ ...one, given: {} }), parameters };
}

let references: readonly Reference[];
beforeAll(async () => {
  references = await referencesOf(all.map(networkOf));
});

describe.each(all.map((one, i) => ({ ...one, one, i })))('$name, $task', ({ one, i }) => {
  it('goes the way of the reference: rates, losses and weights', async () => {
    const reference = references[i];
    if (reference === undefined) throw new Error('no reference');
    await expectLikeReference(networkOf(one), reference);
  });
});

describe('the layers of the MLP', () => {
  it('come in the order that one expects', () => {
    const [one] = all.filter(({ name }) => name === 'everything at once');
    if (one === undefined) throw new Error('no case');
    const kinds = networkOf(one).plan.layers.map(({ kind }: Layer) => kind);
    const hidden = ['dense', 'batch_norm', 'activation', 'dropout'];
    expect(kinds).toEqual([...hidden, ...hidden, 'dense']);
  });
});
