// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import type { Checkpoint } from '#core/checkpoints/checkpoint.ts';
import { cnn } from '#core/models/networks/cnn.ts';
import { activateBackend } from '#engine/backends.ts';
import { drawImages, type ImageOptions } from '../support/image-data.ts';
import {
  expectAsTfjs,
  expectToGoOn,
  trainNetwork,
  type Given,
  type KeptTraining,
  type NodeBackend,
} from '../support/train-network.ts';

interface Case extends Omit<ImageOptions, 'seed'> {
  readonly parameters: Given;
}

const validationOf = (one: Case): TrainingData => drawImages({ ...one, seed: 2, rows: 9 });

function train(backend: NodeBackend, one: Case, last?: Checkpoint): Promise<KeptTraining> {
  const data = { train: drawImages({ seed: 1, ...one }), validation: validationOf(one) };
  return trainNetwork(backend, cnn, { ...data, given: one.parameters }, last);
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
    await expectAsTfjs((backend) => train(backend, one), validationOf(one).features);
  });
});

describe.each<NodeBackend>(['wasm', 'cpu'])('a convolutional network on %s', (backend) => {
  const quick: Case = { ...small, parameters: { ...plain, epochs: 4, patience: 4 } };
  beforeAll(() => activateBackend('cpu', ''));

  it.each([false, true])('goes on from any checkpoint, normalizing: %s', async (normalizes) => {
    const one = { ...quick, parameters: { ...quick.parameters, batch_norm: normalizes } };
    await expectToGoOn((last) => train(backend, one, last));
  });
});
