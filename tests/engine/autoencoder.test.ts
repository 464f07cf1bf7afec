// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  weightOf,
  type Checkpoint,
  type EpochEvent,
  type TrainedModel,
} from '#core/models/estimator.ts';
import { autoencoder } from '#core/models/networks/autoencoder.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { activateBackend } from '#engine/backends.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { drawTraining } from '../support/training-data.ts';

type Backend = 'wasm' | 'cpu';

const data = drawTraining('anomaly_detection', { seed: 1, rows: 64 });
const validation = drawTraining('anomaly_detection', { seed: 2, rows: 37 });
const quick = { hidden_units: [9], code_units: 2, batch_size: 16, epochs: 25, patience: 25 };

function parametersOf(given: Readonly<Record<string, unknown>>) {
  return resolveParameters(autoencoder.parameters, { ...quick, ...given }, 'test');
}

interface Outcome {
  readonly model: TrainedModel;
  readonly events: readonly EpochEvent[];
  readonly kept: readonly Checkpoint[];
}

/** Keeps a checkpoint after each turn, and starts from the last one of before, where there is one. */
async function train(
  backend: Backend,
  given: Readonly<Record<string, unknown>> = {},
  last: Checkpoint | null = null,
): Promise<Outcome> {
  const kept: Checkpoint[] = [];
  const events: EpochEvent[] = [];
  const training = trainNetworkOn(
    backend,
    autoencoder,
  )({
    train: data,
    validation,
    parameters: parametersOf(given),
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
  for (;;) {
    const step = await training.next();
    if (step.done === true) return { model: step.value, events, kept };
    events.push(step.value);
  }
}

function expectClose(ours: ArrayLike<number>, theirs: ArrayLike<number>): void {
  expect(ours.length).toBe(theirs.length);
  for (const [i, value] of Array.from(ours).entries()) {
    expect(Math.abs(value - (theirs[i] ?? NaN))).toBeLessThan(1e-4);
  }
}

describe('an autoencoder', () => {
  beforeAll(() => activateBackend('cpu', ''));

  it.each([
    ['tanh', {}],
    ['relu, and a penalty', { activation: 'relu', weight_decay: 0.05 }],
    ['no layers but the code', { hidden_units: [] }],
    ['a batch beyond the rows', { batch_size: 999, epochs: 100 }],
  ])('is within 1e-4 of tfjs after a hundred steps: %s', async (_, given) => {
    const [ours, theirs] = [await train('wasm', given), await train('cpu', given)];
    const losses = (events: readonly EpochEvent[]): number[] =>
      events.flatMap(({ trainLoss, validationLoss }) => [trainLoss, validationLoss ?? NaN]);
    expectClose(losses(ours.events), losses(theirs.events));
    for (const { name, values } of ours.model.weights) {
      expectClose(values, weightOf(theirs.model.weights, name).values);
    }
    const { features } = validation;
    expectClose(await ours.model.predict(features), await theirs.model.predict(features));
    theirs.model.dispose();
  });

  it.each<Backend>(['wasm', 'cpu'])(
    'goes on from any checkpoint to the same threshold, weights and curve on %s',
    async (backend) => {
      const whole = await train(backend, { epochs: 4 });
      expect(whole.kept.length).toBeGreaterThan(4);
      for (const last of whole.kept) {
        const rest = await train(backend, { epochs: 4 }, last);
        expect(rest.model.weights).toEqual(whole.model.weights);
        expect(rest.events).toEqual(whole.events);
        rest.model.dispose();
      }
      whole.model.dispose();
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
    const check = (given: Readonly<Record<string, unknown>>, width = 5): void => {
      const features = { ...data.features, width, names: data.features.names.slice(0, width) };
      autoencoder.check?.({ ...data, features }, parametersOf(given), 'candidates[1].parameters');
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
