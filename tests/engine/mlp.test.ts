// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EpochEvent, TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { activateBackend } from '#engine/backends.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';

interface Case {
  readonly rows: number;
  readonly width: number;
  readonly classes: number;
  readonly parameters: Readonly<Record<string, unknown>>;
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

async function train(
  backend: 'wasm' | 'cpu',
  one: Case,
  change: (data: TrainingData) => TrainingData = (data) => data,
): Promise<{ events: EpochEvent[]; model: TrainedModel; validation: TrainingData }> {
  const random = new RandomStream(5);
  const data = change(dataOf(one, random));
  const validation = dataOf({ ...one, rows: 37 }, random);
  const training = trainNetworkOn(
    backend,
    mlp,
  )({
    train: data,
    validation,
    parameters: resolveParameters(mlp.parameters, one.parameters, 'test'),
    random: new RandomStream(3),
    signal: new AbortController().signal,
  });
  const events: EpochEvent[] = [];
  for (;;) {
    const step = await training.next();
    if (step.done === true) return { events, model: step.value, validation };
    events.push(step.value);
  }
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
    const ours = await train('wasm', one);
    const theirs = await train('cpu', one);
    expect(ours.events.length).toBe(theirs.events.length);
    for (const [i, { trainLoss, validationLoss }] of ours.events.entries()) {
      expect(Math.abs(trainLoss - (theirs.events[i]?.trainLoss ?? NaN))).toBeLessThan(1e-4);
      const other = theirs.events[i]?.validationLoss ?? NaN;
      expect(Math.abs((validationLoss ?? NaN) - other)).toBeLessThan(1e-4);
    }
    for (const [i, { name, shape, values }] of ours.model.weights.entries()) {
      const other = theirs.model.weights[i];
      expect({ name, shape }).toEqual({ name: other?.name, shape: other?.shape });
      for (const [k, value] of values.entries()) {
        expect(Math.abs(value - (other?.values[k] ?? NaN))).toBeLessThan(1e-4);
      }
    }
    const { features } = ours.validation;
    const [mine, others] = [
      await ours.model.predict(features),
      await theirs.model.predict(features),
    ];
    expect(mine.length).toBe(others.length);
    for (const [i, value] of mine.entries()) {
      expect(Math.abs(value - (others[i] ?? NaN))).toBeLessThan(1e-4);
    }
    theirs.model.dispose();
  });

  it('has the same bits each time', async () => {
    const [, one] = cases[0] ?? [];
    if (one === undefined) throw new Error('no case');
    const [first, second] = [await train('wasm', one), await train('wasm', one)];
    expect(first.model.weights).toEqual(second.model.weights);
    expect(first.events).toEqual(second.events);
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
