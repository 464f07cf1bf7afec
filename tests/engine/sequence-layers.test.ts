// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import type { Checkpoint } from '#core/checkpoints/checkpoint.ts';
import type { Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { trainingParameters } from '#core/networks/training.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { activateBackend } from '#engine/backends.ts';
import { networkBackendOf } from '#engine/networks/registry.ts';
import { networkTrainer } from '#engine/networks/train-network.ts';
import { drawSequences, type SequenceOptions } from '../support/sequence-data.ts';
import {
  expectAsTfjs,
  expectToGoOn,
  trainKeeping,
  type KeptTraining,
  type NodeBackend,
} from '../support/train-network.ts';

interface Case extends Omit<SequenceOptions, 'seed'> {
  readonly layers: readonly Layer[];
  readonly epochs?: number;
}

const drawn = (one: Case, seed: number): TrainingData =>
  drawSequences({ rows: 20, noise: 1, ...one, seed });

const validationOf = (one: Case): TrainingData => drawn({ ...one, rows: 9 }, 2);

function train(backend: NodeBackend, one: Case, last?: Checkpoint): Promise<KeptTraining> {
  const data = drawn(one, 1);
  const { length = 12, channels = 2, epochs = 25 } = one;
  const { task, outputs } = data;
  const layers: Layer[] = [...one.layers, { kind: 'dense', units: outputs }];
  const plan: NetworkPlan = { input: [length, channels], layers, task, outputs };
  const given = { epochs, patience: epochs, batch_size: 5 };
  const parameters = resolveParameters(trainingParameters, given, 'test');
  const trainer = networkTrainer(networkBackendOf(backend), () => plan);
  return trainKeeping(trainer, { train: data, validation: validationOf(one), parameters }, last);
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
  'dropped numbers of the sequence as it is': {
    layers: [{ kind: 'dropout', share: 0.3 }],
    ...{ channels: 3, length: 3 },
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
      await expectAsTfjs((backend) => train(backend, one), validationOf(one).features);
    },
  );

  it('go on from any checkpoint to the same bits', async () => {
    const drop: Layer = { kind: 'dropout', share: 0.3 };
    const one = { layers: [usual, relu, drop, gru(6, 'all'), gru(3, 'last')], epochs: 4 };
    await expectToGoOn((last) => train('wasm', one, last));
  });

  it('refuse windows that do not fit', async () => {
    const valid = { ...usual, padding: 'valid', size: 5 } as const;
    await expect(train('wasm', { layers: [valid], length: 4 })).rejects.toThrow(
      'no window of 5 fits into 4 places',
    );
  });
});
