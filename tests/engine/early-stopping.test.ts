// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { RandomStream } from '#core/random.ts';
import { activateBackend } from '#engine/backends.ts';
import { readPosition } from '#engine/networks/position.ts';
import { trainNetwork, type Given, type KeptTraining } from '../support/train-network.ts';
import { drawTraining } from '../support/training-data.ts';

/** Classes that nothing tells: what is learned of them is wrong for other rows. */
function unlearnable(seed: number, rows: number): TrainingData {
  const data = drawTraining('classification', { seed, rows, outputs: 3 });
  const random = new RandomStream(seed);
  return { ...data, target: data.target.map(() => random.integer(3)) };
}
const data = { train: unlearnable(1, 24), validation: unlearnable(2, 40) };
const usual = { hidden_units: [16], batch_size: 8, learning_rate: 0.01, epochs: 40, patience: 6 };

/** Mean cross-entropy of the validation rows by what the model answers. */
async function lossOf(model: TrainedModel): Promise<number> {
  const { features, target, outputs } = data.validation;
  const answers = await model.predict(features);
  const nats = target.map((label, row) => -Math.log(answers[row * outputs + label] ?? NaN));
  return nats.reduce((sum, one) => sum + one, 0) / target.length;
}

describe.each(['wasm', 'cpu'] as const)('a network on %s that learns by heart', (backend) => {
  beforeAll(() => activateBackend('cpu', ''));
  const train = (given: Given = {}, last?: KeptTraining['kept'][number]) =>
    trainNetwork(backend, mlp, { ...data, given: { ...usual, ...given } }, last);

  /** The losses of the epochs, the best epoch, and that the model is of that one and of no later one. */
  async function bestOf({ model, history }: KeptTraining): Promise<number> {
    const losses = history.map(({ validationLoss }) => validationLoss ?? NaN);
    const least = Math.min(...losses);
    expect(await lossOf(model)).toBeCloseTo(least, 5);
    expect(losses.at(-1)).toBeGreaterThan(least + 0.01);
    return losses.indexOf(least) + 1;
  }

  it('stops so many epochs after its best one, and has the weights of that one', async () => {
    const whole = await train();
    const best = await bestOf(whole);
    expect(whole.history).toHaveLength(best + usual.patience);
    whole.model.dispose();
  });

  it('has them where its patience outlasts its epochs, and where a budget ends it', async () => {
    for (const given of [{ patience: 10_000 }, { patience: 10_000, max_steps: 56 }]) {
      const found = await train(given);
      await bestOf(found);
      expect(found.history).toHaveLength('max_steps' in given ? 19 : usual.epochs);
      found.model.dispose();
    }
  });

  it('has them where it went on from behind its best epoch', async () => {
    const whole = await train();
    const best = await bestOf(whole);
    const behind = whole.kept.filter(({ position }) => readPosition(position).epoch > best + 1);
    expect(behind.length).toBeGreaterThan(3);
    for (const last of [behind[0], behind.at(-1)]) {
      const rest = await train({}, last);
      expect(rest.model.weights).toEqual(whole.model.weights);
      expect(await bestOf(rest)).toBe(best);
      rest.model.dispose();
    }
    whole.model.dispose();
  });
});
