// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { activateBackend } from '#engine/backends.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import type { Trained } from '../support/run-to-end.ts';
import { expectAsTfjs, type Given, type NodeBackend } from '../support/train-network.ts';
import { trainToEnd } from '../support/training-data.ts';

interface Case {
  readonly rows: number;
  readonly width: number;
  readonly classes: number;
  readonly parameters: Given;
}

function dataOf({ rows, width, classes }: Case, random: RandomStream): TrainingData {
  const values = Float32Array.from({ length: rows * width }, () => random.normal());
  const isClasses = classes > 1;
  const target = Float64Array.from({ length: rows }, () =>
    isClasses ? random.integer(classes) : random.normal(),
  );
  const names = Array.from({ length: width }, (_, i) => `x${i}`);
  return {
    task: isClasses ? 'classification' : 'regression',
    features: { rows, width, values, names },
    target,
    outputs: classes,
  };
}

function train(
  backend: NodeBackend,
  one: Case,
  change: (data: TrainingData) => TrainingData = (data) => data,
): Promise<Trained> {
  const random = new RandomStream(5);
  const data = change(dataOf(one, random));
  const validation = dataOf({ ...one, rows: 37 }, random);
  const parameters = resolveParameters(mlp.parameters, one.parameters, 'test');
  return trainToEnd(trainNetworkOn(backend, mlp), data, parameters, 3, validation);
}

const plain = { hidden_units: [9, 5], batch_size: 16, epochs: 25, patience: 25 };
const cases: readonly (readonly [string, Case])[] = [
  ['classes', { rows: 64, width: 7, classes: 3, parameters: plain }],
  ['values', { rows: 64, width: 7, classes: 1, parameters: plain }],
  ['tanh', { rows: 64, width: 7, classes: 3, parameters: { ...plain, activation: 'tanh' } }],
  [
    'no hidden layer',
    { rows: 64, width: 3, classes: 2, parameters: { ...plain, hidden_units: [] } },
  ],
  ['a last batch of one', { rows: 49, width: 1, classes: 2, parameters: plain }],
  [
    'batch normalization and a last batch of one',
    { rows: 49, width: 3, classes: 1, parameters: { ...plain, batch_norm: true, dropout: 0.2 } },
  ],
  [
    'a batch beyond the rows, and a penalty',
    {
      rows: 21,
      width: 16,
      classes: 9,
      parameters: { ...plain, batch_size: 999, epochs: 100, weight_decay: 0.1 },
    },
  ],
  ...[
    { optimizer: 'adamw', weight_decay: 0.1, schedule: 'one_cycle' },
    { optimizer: 'sgd', learning_rate: 0.1, schedule: 'cosine' },
    {
      optimizer: 'sgd',
      nesterov: true,
      momentum: 0.8,
      weight_decay: 0.02,
      schedule: 'step',
      drop_epochs: 5,
      drop_factor: 0.5,
    },
    { clip_norm: 0.05, optimizer: 'sgd', learning_rate: 0.5 },
    { label_smoothing: 0.2, dropout: 0.3 },
    { batch_norm: true, activation: 'tanh', dropout: 0.1 },
  ].map((options): readonly [string, Case] => [
    JSON.stringify(options),
    { rows: 64, width: 7, classes: 3, parameters: { ...plain, ...options } },
  ]),
];

describe('a network on our kernels', () => {
  beforeAll(() => activateBackend('cpu', ''));

  it.each(cases)('is within 1e-4 of tfjs after a hundred steps: %s', async (_, one) => {
    const { features } = dataOf({ ...one, rows: 37 }, new RandomStream(6));
    await expectAsTfjs((backend) => train(backend, one), features);
  });

  it('has the same bits each time', async () => {
    const [, one] = cases[0] ?? [];
    if (one === undefined) throw new Error('no case');
    const [first, second] = [await train('wasm', one), await train('wasm', one)];
    expect(first.model.weights).toEqual(second.model.weights);
    expect(first.history).toEqual(second.history);
  });

  it.each(['relu', 'tanh'])('says when its loss is no number: %s', async (activation) => {
    const one = { rows: 32, width: 4, classes: 2, parameters: { ...plain, activation } };
    const spoilt = train('wasm', one, (data) => {
      data.features.values[5] = NaN;
      return data;
    });
    await expect(spoilt).rejects.toMatchObject({ code: 'diverged' });
  });

  it('says when its loss has exploded, where, and what to try', async () => {
    const wild = { ...plain, hidden_units: [], optimizer: 'sgd', learning_rate: 1 };
    const spoilt = train('wasm', { rows: 64, width: 4, classes: 1, parameters: wild });
    await expect(spoilt).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringMatching(/has exploded from .* in epoch \d+, at step \d+/) as unknown,
      hint: expect.stringContaining('clip_norm') as unknown,
    });
  });

  it('says what to try where one step is an epoch, and the validation rows tell first', async () => {
    const wild = { ...plain, batch_size: 64, optimizer: 'sgd', learning_rate: 1 };
    const spoilt = train('wasm', { rows: 64, width: 4, classes: 1, parameters: wild }, (data) => ({
      ...data,
      target: data.target.map((value) => 1e15 * value),
    }));
    await expect(spoilt).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringContaining('validation loss is no longer a number') as unknown,
      hint: expect.stringContaining('learning rate') as unknown,
    });
  });

  it('predicts more rows than go through at once', async () => {
    const [, one] = cases[0] ?? [];
    if (one === undefined) throw new Error('no case');
    const { model } = await train('wasm', one);
    const { features } = dataOf({ ...one, rows: 1100 }, new RandomStream(9));
    const all = await model.predict(features);
    const last = await model.predict({
      ...features,
      rows: 1,
      values: features.values.slice(1099 * features.width),
    });
    expect(all.length).toBe(3300);
    expect([...all.slice(3297)]).toEqual([...last]);
  });
});
