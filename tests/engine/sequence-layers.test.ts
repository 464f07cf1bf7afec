// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint, EpochEvent, TrainedModel, TrainingData } from '#core/models/estimator.ts';
import type { Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { trainingParameters } from '#core/networks/training.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { activateBackend } from '#engine/backends.ts';
import { networkBackendOf } from '#engine/networks/registry.ts';
import { networkTrainer } from '#engine/networks/train-network.ts';
import { drawSequences, type SequenceOptions } from '../support/sequence-data.ts';

type Backend = 'wasm' | 'cpu';

interface Case extends Omit<SequenceOptions, 'seed'> {
  readonly layers: readonly Layer[];
  readonly epochs?: number;
}

interface Outcome {
  readonly events: readonly EpochEvent[];
  readonly model: TrainedModel;
  readonly kept: readonly Checkpoint[];
}

const drawn = (one: Case, seed: number): TrainingData =>
  drawSequences({ rows: 20, noise: 1, ...one, seed });

async function train(
  backend: Backend,
  one: Case,
  last: Checkpoint | null = null,
): Promise<Outcome> {
  const kept: Checkpoint[] = [];
  const data = drawn(one, 1);
  const { length = 12, channels = 2, epochs = 25 } = one;
  const { task, outputs } = data;
  const layers: Layer[] = [...one.layers, { kind: 'dense', units: outputs }];
  const plan: NetworkPlan = { input: [length, channels], layers, task, outputs };
  const usual = { epochs, patience: epochs, batch_size: 5 };
  const training = networkTrainer(
    networkBackendOf(backend),
    () => plan,
  )({
    train: data,
    validation: drawn({ ...one, rows: 9 }, 2),
    parameters: resolveParameters(trainingParameters, usual, 'test'),
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

const relu: Layer = { kind: 'activation', function: 'relu' };
const usual = { kind: 'convolution_1d', filters: 5, size: 3, stride: 1, padding: 'same' } as const;
const wide = { ...usual, filters: 9, size: 4 } as const;
const gru = (units: number, gives: 'last' | 'all'): Layer => ({ kind: 'gru', units, gives });
const max: Layer = { kind: 'global_pool', function: 'max' };
const mean: Layer = { kind: 'global_pool', function: 'mean' };

const cases: Readonly<Record<string, Case>> = {
  'windows that keep the length, and the largest': { layers: [usual, relu, wide, relu, max] },
  'windows that look back, and the mean': {
    layers: [{ ...usual, padding: 'causal' }, relu, { ...wide, padding: 'causal' }, mean],
  },
  'windows inside, and all positions': {
    layers: [{ ...usual, padding: 'valid' }, relu, { ...wide, padding: 'valid' }, relu],
    channels: 3,
    length: 9,
  },
  'strides over odd lengths, back and both ways': {
    layers: [
      { ...usual, stride: 2, padding: 'causal' },
      relu,
      { ...wide, stride: 3 },
      { ...usual, stride: 2, padding: 'valid', size: 2 },
    ],
    length: 23,
  },
  'one channel, one position, and values': {
    layers: [{ ...usual, size: 1 }, max],
    ...{ channels: 1, length: 1, outputs: 1 },
  },
  'windows longer than the sequence': {
    layers: [{ ...usual, size: 7 }, relu, { ...usual, size: 9, padding: 'causal' }, mean],
    ...{ length: 4, outputs: 1 },
  },
  'batch normalization and dropped numbers between': {
    layers: [usual, relu, { kind: 'batch_norm' }, { kind: 'dropout', share: 0.3 }, wide, max],
    channels: 1,
  },
  'recurrent units': { layers: [gru(7, 'last')], length: 5 },
  'recurrent units of one position and one channel, and values': {
    layers: [gru(8, 'last')],
    ...{ length: 1, channels: 1, outputs: 1 },
  },
  'layers of recurrent units, behind windows, and all positions': {
    layers: [usual, relu, gru(9, 'all'), { kind: 'dropout', share: 0.2 }, gru(5, 'all')],
    ...{ channels: 3, length: 3 },
  },
  'the largest of what recurrent units remember, of values': {
    layers: [gru(12, 'all'), max],
    ...{ length: 4, outputs: 1, channels: 1 },
  },
  'largest of equal numbers': {
    // Windows of one number that does not change: every position has the same, and only the first one learns.
    layers: [{ ...usual, size: 1 }, max],
    noise: 0,
    channels: 2,
  },
};

describe('layers for sequences on our kernels', () => {
  beforeAll(() => activateBackend('cpu', ''));

  it.each(Object.entries(cases))(
    'are within 1e-4 of tfjs after a hundred steps: %s',
    async (_, one) => {
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
      const { features } = drawn({ ...one, rows: 9 }, 2);
      const answers = await theirs.model.predict(features);
      for (const [i, value] of (await ours.model.predict(features)).entries()) {
        expectNear(value, answers[i]);
      }
      theirs.model.dispose();
    },
  );

  it('go on from any checkpoint to the same bits', async () => {
    const drop: Layer = { kind: 'dropout', share: 0.3 };
    const one = { layers: [usual, relu, drop, gru(6, 'all'), gru(3, 'last')], epochs: 4 };
    const whole = await train('wasm', one);
    expect(whole.kept.length).toBeGreaterThan(4);
    for (const last of whole.kept) {
      const rest = await train('wasm', one, last);
      expect(rest.model.weights).toEqual(whole.model.weights);
      expect(rest.events).toEqual(whole.events);
    }
  });

  it('refuse windows that do not fit', async () => {
    const valid = { ...usual, padding: 'valid', size: 5 } as const;
    await expect(train('wasm', { layers: [valid], length: 4 })).rejects.toThrow(
      'no window of 5 fits into 4 places',
    );
  });
});

function expectNear(value: number | null, other: number | null | undefined): void {
  expect(Math.abs((value ?? NaN) - (other ?? NaN))).toBeLessThan(1e-4);
}
