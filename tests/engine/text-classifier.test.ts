// The umbrella package registers the gradients of tfjs-core.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import type { Checkpoint } from '#core/checkpoints/checkpoint.ts';
import { textClassifier } from '#core/models/networks/text-classifier.ts';
import { RandomStream } from '#core/random.ts';
import { activateBackend } from '#engine/backends.ts';
import { addedByProducts, scattered } from '#engine/networks/tensors/token-embedding.ts';
import { drawTokens, type TokenOptions } from '../support/token-data.ts';
import {
  expectAsTfjs,
  expectClose,
  expectToGoOn,
  trainNetwork,
  type Given,
  type KeptTraining,
  type NodeBackend,
} from '../support/train-network.ts';

interface Case extends Omit<TokenOptions, 'seed'> {
  readonly parameters: Given;
}

const validationOf = (one: Case): TrainingData => drawTokens({ ...one, seed: 2, rows: 20 });

function train(backend: NodeBackend, one: Case, last?: Checkpoint): Promise<KeptTraining> {
  const data = { train: drawTokens({ seed: 1, ...one }), validation: validationOf(one) };
  return trainNetwork(backend, textClassifier, { ...data, given: one.parameters }, last);
}

const plain = { embedding_size: 5, hidden_units: [7], batch_size: 5, epochs: 25, patience: 25 };
const convolution = { architecture: 'convolution', filters: 7 };
const small: Case = { rows: 20, parameters: plain };
const cases: readonly (readonly [string, Case])[] = [
  ['classes', small],
  ['values', { ...small, outputs: 1 }],
  ['no hidden layer', { ...small, parameters: { ...plain, hidden_units: [] } }],
  [
    'one place, one number a word',
    { ...small, length: 1, parameters: { ...plain, embedding_size: 1 } },
  ],
  ['dropout and tanh', { ...small, parameters: { ...plain, dropout: 0.4, activation: 'tanh' } }],
  [
    'a last batch of one, eight numbers a word, and a penalty',
    { rows: 21, length: 9, parameters: { ...plain, embedding_size: 8, weight_decay: 0.05 } },
  ],
  ['convolution', { ...small, parameters: { ...plain, ...convolution } }],
  [
    'a convolution wider than a text, dropout, a penalty and a last batch of one',
    {
      ...{ rows: 21, length: 4 },
      parameters: {
        ...{ ...plain, ...convolution, kernel_size: 6, filters: 9, activation: 'tanh' },
        ...{ dropout: 0.3, weight_decay: 0.05, hidden_units: [] },
      },
    },
  ],
  ['a batch beyond the rows', { ...small, parameters: { ...plain, batch_size: 999, epochs: 100 } }],
];

describe('a text network on our kernels', () => {
  beforeAll(() => activateBackend('cpu', ''));

  it.each(cases)('is within 1e-4 of tfjs after a hundred steps: %s', async (_, one) => {
    await expectAsTfjs((backend) => train(backend, one), validationOf(one).features);
  });

  it('learns what words tell, and has vectors of all codes but that of no word', async () => {
    const { history, model } = await train('wasm', { rows: 400, parameters: { epochs: 40 } });
    const losses = history.map(({ validationLoss }) => validationLoss ?? NaN);
    expect(Math.min(...losses)).toBeLessThan(0.8 * (losses[0] ?? NaN));
    expect(history.at(-1)?.trainLoss).toBeLessThan(0.5 * (history[0]?.trainLoss ?? NaN));
    const shapes = model.weights.map(({ name, shape }) => `${name}: ${shape.join(' × ')}`);
    expect(shapes.slice(0, 3)).toEqual(['vectors_0: 10 × 32', 'query_1: 32', 'kernel_2: 32 × 32']);
  });

  it('gives a text the same answer, wherever its words stand and however many empty places follow', async () => {
    const { model } = await train('wasm', small);
    const { features } = validationOf(small);
    const ask = async (values: readonly number[]): Promise<number[]> => [
      ...(await model.predict({ ...features, rows: 1, values: Float32Array.from(values) })),
    ];
    const [first, moved, none] = await Promise.all([
      ask([3, 4, 4, 0, 0, 0]),
      ask([0, 4, 0, 3, 4, 0]),
      ask([0, 0, 0, 0, 0, 0]),
    ]);
    expectClose(first, moved);
    expect(none.every(Number.isFinite)).toBe(true);
    expect(none).not.toEqual(first);
    // No graph gives such codes; what is none is no word.
    for (const odd of [-1, 11, 1e9, NaN, Infinity])
      expect(await ask(Array(6).fill(odd))).toEqual(none);
  });

  it('takes a column whose texts have no words', async () => {
    const data = drawTokens({ seed: 1 });
    const features = { ...data.features, values: new Float32Array(data.features.values.length) };
    const empty = { ...data, features };
    const { model } = await trainNetwork('wasm', textClassifier, {
      ...{ train: empty, validation: empty, given: { epochs: 3 } },
    });
    expect((await model.predict(features)).every(Number.isFinite)).toBe(true);
  });
});

describe.each([
  { backend: 'wasm', architecture: 'attention' },
  { backend: 'wasm', architecture: 'convolution' },
  { backend: 'cpu', architecture: 'attention' },
] as const)('a text network on $backend, $architecture', ({ backend, architecture }) => {
  const own = { architecture, epochs: 4, patience: 4, dropout: 0.2 };
  const quick: Case = { ...small, parameters: { ...plain, ...own } };
  beforeAll(() => activateBackend('cpu', ''));

  it('goes on from any of its checkpoints to the same bits', async () => {
    await expectToGoOn((last) => train(backend, quick, last));
  });
});

it('the way back that webgpu takes gives what adding one after the other gives', async () => {
  await activateBackend('cpu', '');
  const random = new RandomStream(1);
  const [count, rows, size] = [2500, 9, 3];
  const given = tf.tensor2d(
    Float32Array.from({ length: count * size }, () => random.normal()),
    [count, size],
  );
  const places = tf.tensor1d(
    Int32Array.from({ length: count }, () => random.integer(rows)),
    'int32',
  );
  const [one, other] = [scattered(given, places, rows), addedByProducts(given, places, rows)];
  expect(one.shape).toEqual([rows, size]);
  expectClose(await other.data(), await one.data());
  tf.dispose([given, places, one, other]);
});
