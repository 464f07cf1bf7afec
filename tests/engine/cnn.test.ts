// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint, EpochEvent, TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { cnn } from '#core/models/networks/cnn.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { activateBackend } from '#engine/backends.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { drawImages, type ImageOptions } from '../support/image-data.ts';

type Backend = 'wasm' | 'cpu';

interface Case extends Omit<ImageOptions, 'seed'> {
  readonly parameters: Readonly<Record<string, unknown>>;
}

interface Outcome {
  readonly events: readonly EpochEvent[];
  readonly model: TrainedModel;
  readonly kept: readonly Checkpoint[];
}

const validationOf = (one: Case): TrainingData => drawImages({ ...one, seed: 2, rows: 9 });

async function train(
  backend: Backend,
  one: Case,
  last: Checkpoint | null = null,
): Promise<Outcome> {
  const kept: Checkpoint[] = [];
  const training = trainNetworkOn(
    backend,
    cnn,
  )({
    train: drawImages({ seed: 1, ...one }),
    validation: validationOf(one),
    parameters: resolveParameters(cnn.parameters, one.parameters, 'test'),
    random: new RandomStream(3),
    signal: new AbortController().signal,
    checkpoints: {
      last,
      due: () => true,
      keep: (checkpoint) => {
        kept.push(structuredClone(checkpoint));
        return Promise.resolve();
      },
    },
  });
  const events: EpochEvent[] = [];
  for (;;) {
    const step = await training.next();
    if (step.done === true) return { events, model: step.value, kept };
    events.push(step.value);
  }
}

const plain = { filters: [5, 9], hidden_units: [7], batch_size: 5, epochs: 25, patience: 25 };
const small: Case = { rows: 20, parameters: plain };
const cases: readonly (readonly [string, Case])[] = [
  ['classes', small],
  ['values', { ...small, outputs: 1 }],
  [
    'windows of five, and tanh',
    { ...small, parameters: { ...plain, kernel_size: '5', activation: 'tanh' } },
  ],
  ['strides', { ...small, parameters: { ...plain, pooling: 'stride' } }],
  ['no pooling', { ...small, parameters: { ...plain, filters: [8], pooling: 'none' } }],
  ['no hidden layer', { ...small, parameters: { ...plain, hidden_units: [] } }],
  ['batch normalization', { ...small, parameters: { ...plain, batch_norm: true } }],
  [
    'batch normalization, strides and a last batch of one',
    {
      rows: 16,
      image: { height: 9, width: 7, channels: 1 },
      parameters: { ...plain, batch_norm: true, pooling: 'stride' },
    },
  ],
  [
    'a last batch of one, of grey images with odd sides, and a penalty',
    {
      rows: 16,
      image: { height: 9, width: 7, channels: 1 },
      parameters: { ...plain, weight_decay: 0.01 },
    },
  ],
];

describe('a convolutional network on our kernels', () => {
  beforeAll(() => activateBackend('cpu', ''));

  it.each(cases)('is within 1e-4 of tfjs after a hundred steps: %s', async (_, one) => {
    const ours = await train('wasm', one);
    const theirs = await train('cpu', one);
    expect(ours.events.length).toBe(theirs.events.length);
    for (const [i, { trainLoss, validationLoss }] of ours.events.entries()) {
      const other = theirs.events[i];
      expectNear(trainLoss, other?.trainLoss);
      expectNear(validationLoss, other?.validationLoss);
    }
    for (const [i, { name, shape, values }] of ours.model.weights.entries()) {
      const other = theirs.model.weights[i];
      expect({ name, shape }).toEqual({ name: other?.name, shape: other?.shape });
      for (const [k, value] of values.entries()) expectNear(value, other?.values[k]);
    }
    const { features } = validationOf(one);
    const answers = await theirs.model.predict(features);
    for (const [i, value] of (await ours.model.predict(features)).entries()) {
      expectNear(value, answers[i]);
    }
    theirs.model.dispose();
  });
});

describe.each<Backend>(['wasm', 'cpu'])('a convolutional network on %s', (backend) => {
  const quick: Case = { ...small, parameters: { ...plain, epochs: 4, patience: 4 } };
  beforeAll(() => activateBackend('cpu', ''));

  it.each([false, true])('goes on from any checkpoint, normalizing: %s', async (normalizes) => {
    const one = { ...quick, parameters: { ...quick.parameters, batch_norm: normalizes } };
    const whole = await train(backend, one);
    expect(whole.kept.length).toBeGreaterThan(4);
    for (const last of whole.kept) {
      const rest = await train(backend, one, last);
      expect(rest.model.weights).toEqual(whole.model.weights);
      expect(rest.events).toEqual(whole.events);
      rest.model.dispose();
    }
    whole.model.dispose();
  });
});

function expectNear(value: number | null, other: number | null | undefined): void {
  expect(Math.abs((value ?? NaN) - (other ?? NaN))).toBeLessThan(1e-4);
}
