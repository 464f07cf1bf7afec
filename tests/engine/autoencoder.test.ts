// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { weightOf } from '#core/models/weight-tensor.ts';
import type { Checkpoint } from '#core/checkpoints/checkpoint.ts';
import { autoencoder } from '#core/models/networks/autoencoder.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { activateBackend } from '#engine/backends.ts';
import { drawTraining } from '../support/training-data.ts';
import {
  expectAsTfjs,
  expectToGoOn,
  trainNetwork,
  type Given,
  type KeptTraining,
  type NodeBackend,
} from '../support/train-network.ts';

const data = drawTraining('anomaly_detection', { seed: 1, rows: 64 });
const validation = drawTraining('anomaly_detection', { seed: 2, rows: 37 });
const quick = { hidden_units: [9], code_units: 2, batch_size: 16, epochs: 25, patience: 25 };

function train(backend: NodeBackend, given: Given = {}, last?: Checkpoint): Promise<KeptTraining> {
  const both = { train: data, validation, given: { ...quick, ...given } };
  return trainNetwork(backend, autoencoder, both, last);
}

describe('an autoencoder', () => {
  beforeAll(() => activateBackend('cpu', ''));

  it.each([
    ['tanh', {}],
    ['relu, and a penalty', { activation: 'relu', weight_decay: 0.05 }],
    ['no layers but the code', { hidden_units: [] }],
    ['a batch beyond the rows', { batch_size: 999, epochs: 100 }],
  ])('is within 1e-4 of tfjs after a hundred steps: %s', async (_, given) => {
    await expectAsTfjs((backend) => train(backend, given), validation.features);
  });

  it.each<NodeBackend>(['wasm', 'cpu'])(
    'goes on from any checkpoint to the same threshold, weights and curve on %s',
    async (backend) => {
      await expectToGoOn((last) => train(backend, { epochs: 4 }, last));
    },
  );

  it.each([
    [0, 0],
    [0.1, 7],
    [0.5, 32],
  ])('flags the share %f of the training rows', async (contamination, flagged) => {
    const { model } = await train('wasm', { contamination });
    const answers = await model.predict(data.features);
    const [threshold = NaN] = weightOf(model.weights, 'score_threshold').values;
    expect(answers.filter((value, at) => at % 2 === 1 && value > threshold)).toHaveLength(flagged);
    expect(answers.filter((value, at) => at % 2 === 1 && (value < 0 || value > 1))).toEqual(
      new Float32Array(0),
    );
  });

  it('has a code of half the features, unless it is told otherwise', async () => {
    const { model } = await train('wasm', { code_units: 0, epochs: 1 });
    expect(weightOf(model.weights, 'kernel_1').shape).toEqual([9, 3]);
  });

  it('refuses a code that is as wide as its rows', () => {
    const check = (given: Given, width = 5): void => {
      const features = { ...data.features, width, names: data.features.names.slice(0, width) };
      const parameters = resolveParameters(autoencoder.parameters, given, 'test');
      autoencoder.check?.({ ...data, features }, parameters, 'candidates[1].parameters');
    };
    expect(() => {
      check({ code_units: 4 });
    }).not.toThrow();
    expect(() => {
      check({ code_units: 5 });
    }).toThrow(
      'candidates[1].parameters.code_units is 5, and rows have 5 features after the steps: the code has to be narrower.',
    );
    expect(() => {
      check({ code_units: 0 }, 1);
    }).toThrow('rows have 1 feature after the steps');
  });
});
