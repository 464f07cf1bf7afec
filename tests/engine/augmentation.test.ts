// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import type { Checkpoint } from '#core/checkpoints/checkpoint.ts';
import { ln } from '#core/math.ts';
import { cnn } from '#core/models/networks/cnn.ts';
import { activateBackend } from '#engine/backends.ts';
import { tensorMemory } from '#engine/networks/tensors/tensor-network.ts';
import { drawImages } from '../support/image-data.ts';
import {
  expectAsTfjs,
  expectToGoOn,
  trainNetwork,
  type Given,
  type KeptTraining,
  type NodeBackend,
} from '../support/train-network.ts';

const usual = { filters: [5, 9], hidden_units: [7], batch_size: 5, epochs: 8, patience: 8 };
const everything = { flip: 'both', crop: 0.3, shift: 0.1, rotate: 20, mix_up: 0.4 };

const validationOf = ({ outputs }: TrainingData): TrainingData =>
  drawImages({ seed: 2, rows: 9, outputs });

function train(
  backend: NodeBackend,
  data: TrainingData,
  parameters: Given,
  last?: Checkpoint,
): Promise<KeptTraining> {
  const given = { ...usual, ...parameters };
  const both = { train: data, validation: validationOf(data), given };
  return trainNetwork(backend, cnn, both, last);
}

const images = drawImages({ seed: 1, rows: 21 });
const weights = Float64Array.from({ length: 21 }, (_, row) => row % 3);
const cases: readonly (readonly [string, TrainingData, Given])[] = [
  ['everything', images, everything],
  ['mixed values', drawImages({ seed: 1, rows: 21, outputs: 1 }), everything],
  ['weights and smoothing', { ...images, weights }, { ...everything, label_smoothing: 0.2 }],
  ['no mixing', images, { flip: 'horizontal', rotate: 180 }],
  ['one row', drawImages({ seed: 1, rows: 1, outputs: 2 }), everything],
];

describe('training on images that are changed by chance', () => {
  beforeAll(() => activateBackend('cpu', ''));

  it.each(cases)('is the same on our kernels and on tfjs: %s', async (_, data, parameters) => {
    const before = tensorMemory();
    await expectAsTfjs((backend) => train(backend, data, parameters), validationOf(data).features);
    expect(tensorMemory()).toEqual(before);
  });

  it.each(['flip', 'crop', 'shift', 'rotate', 'mix_up'] as const)(
    '%s alone changes what is trained on, and each training the same way',
    async (name) => {
      const own = { [name]: everything[name] };
      const [plain, once, again] = await Promise.all([
        train('wasm', images, {}),
        train('wasm', images, own),
        train('wasm', images, own),
      ]);
      expect(once.history[0]?.trainLoss).not.toBe(plain.history[0]?.trainLoss);
      expect(again.history).toEqual(once.history);
      expect(again.model.weights).toEqual(once.model.weights);
    },
  );

  it('changes no row that the validation loss is of', async () => {
    const { history, model } = await train('wasm', images, everything);
    const { features, target, outputs } = drawImages({ seed: 2, rows: 9 });
    const answers = await model.predict(features);
    const losses = Array.from(target, (label, row) => -ln(answers[row * outputs + label] ?? NaN));
    const mean = losses.reduce((sum, one) => sum + one, 0) / losses.length;
    const best = Math.min(...history.map(({ validationLoss }) => validationLoss ?? Infinity));
    expect(mean).toBeCloseTo(best, 5);
  });
});

describe.each<NodeBackend>(['wasm', 'cpu'])('a training on changed images on %s', (backend) => {
  beforeAll(() => activateBackend('cpu', ''));

  it('goes on from any of its checkpoints to the same bits', async () => {
    const parameters = { ...everything, epochs: 3 };
    const kept = await expectToGoOn((last) => train(backend, images, parameters, last));
    expect(kept.some(({ position }) => (position as { batch: number }).batch > 0)).toBe(true);
  });
});
