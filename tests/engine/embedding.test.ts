// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { weightOf } from '#core/models/weight-tensor.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { activateBackend } from '#engine/backends.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { drawCoded } from '../support/coded-data.ts';
import type { Trained } from '../support/run-to-end.ts';
import { expectAsTfjs, type Given, type NodeBackend } from '../support/train-network.ts';
import { trainToEnd } from '../support/training-data.ts';

const quick = { hidden_units: [9], batch_size: 16, epochs: 25, patience: 25 };

function train(backend: NodeBackend, data: TrainingData, given: Given = {}): Promise<Trained> {
  const parameters = resolveParameters(mlp.parameters, { ...quick, ...given }, 'test');
  return trainToEnd(trainNetworkOn(backend, mlp), data, parameters, 3, drawCoded(2, 37));
}

const data = drawCoded(1, 64);

describe('a network with embeddings', () => {
  beforeAll(() => activateBackend('cpu', ''));

  it.each([
    ['as many numbers as the rule says', {}],
    ['three numbers, and a penalty', { embedding_size: 3, weight_decay: 0.05 }],
    ['no hidden layer', { hidden_units: [] }],
    ['a batch beyond the rows', { batch_size: 999, epochs: 100 }],
  ])('is within 1e-4 of tfjs after a hundred steps: %s', async (_, given) => {
    await expectAsTfjs((backend) => train(backend, data, given), drawCoded(4, 600).features);
  });

  it('has a vector of half as many numbers as there are categories for each, and one for the rest', async () => {
    const { model } = await train('wasm', data, { epochs: 1 });
    const shapes = model.weights.map(({ name, shape }) => `${name}: ${shape.join(' × ')}`);
    expect(shapes.slice(0, 5)).toEqual([
      'vectors_0_0: 5 × 3',
      'other_0_0: 1 × 3',
      'vectors_1_0: 3 × 2',
      'other_1_0: 1 × 2',
      // Three plain features, and vectors of three and two numbers.
      'kernel_1: 8 × 9',
    ]);
  });

  it('learns what the categories say', async () => {
    const { history } = await train('wasm', drawCoded(1, 600), { embedding_size: 4 });
    expect(history.at(-1)?.validationLoss).toBeLessThan(0.5 * (history[0]?.validationLoss ?? NaN));
  });

  it('takes a code that is missing for one that no row had; its vector stays 0 where no row lacks its code', async () => {
    const { categories } = data.features;
    const values = data.features.values.map((value) => (Number.isNaN(value) ? 0 : value));
    const { model } = await train('wasm', { ...data, features: { ...data.features, values } });
    expect([...weightOf(model.weights, 'other_0_0').values]).toEqual([0, 0, 0]);
    const { width } = data.features;
    const row = (code: number): Float32Array => {
      const cells = values.slice(0, width);
      cells[categories?.findIndex((count) => count === 5) ?? 0] = code;
      return cells;
    };
    const ask = async (code: number): Promise<number[]> => [
      ...(await model.predict({ ...data.features, rows: 1, values: row(code) })),
    ];
    const missing = await ask(NaN);
    for (const code of [-1, 5, 1e9, -Infinity, Infinity]) expect(await ask(code)).toEqual(missing);
    expect(await ask(0)).not.toEqual(missing);
  });

  it('refuses vectors that do not fit into memory', () => {
    const categories = Int32Array.of(0, 5, 1_000_000, 3, 0);
    const features = { ...data.features, categories };
    const check = (given: Given): void => {
      const parameters = resolveParameters(mlp.parameters, given, 'test');
      mlp.check?.({ ...data, features }, parameters, 'candidates[0].parameters');
    };
    expect(() => {
      check({});
    }).toThrow(
      'candidates[0].parameters.embedding_size: the vectors of all categories would have 50,000,021 numbers, and at most 20,000,000 fit; "x2" has 1,000,000 categories.',
    );
    expect(() => {
      check({ embedding_size: 8 });
    }).not.toThrow();
  });
});
