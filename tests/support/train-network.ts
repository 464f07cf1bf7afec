import { expect } from 'vitest';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { Estimator, Trainer, TrainingData, TrainingInput } from '#core/models/estimator.ts';
import { weightOf } from '#core/models/weight-tensor.ts';
import type { Checkpoint } from '#core/checkpoints/checkpoint.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { runToEnd, type Trained } from './run-to-end.ts';

/** What trains on Node: our kernels, and tfjs. */
export type NodeBackend = 'wasm' | 'cpu';
export type Given = Readonly<Record<string, unknown>>;

export interface KeptTraining extends Trained {
  readonly kept: readonly Checkpoint[];
}

/** Trains an estimator that is a network, with the parameters that are not its defaults. */
export function trainNetwork(
  backend: NodeBackend,
  estimator: Estimator,
  { given, ...data }: { train: TrainingData; validation: TrainingData; given: Given },
  last?: Checkpoint,
): Promise<KeptTraining> {
  const parameters = resolveParameters(estimator.parameters, given, 'test');
  return trainKeeping(trainNetworkOn(backend, estimator), { ...data, parameters }, last);
}

/** Trains from a checkpoint, where one is given, to the end, and keeps another one after each turn. */
export async function trainKeeping(
  trainer: Trainer,
  input: Pick<TrainingInput, 'train' | 'validation' | 'parameters'>,
  last: Checkpoint | null = null,
): Promise<KeptTraining> {
  const kept: Checkpoint[] = [];
  const training = trainer({
    ...input,
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
  return { ...(await runToEnd(training)), kept };
}

/**
 * The curve, all weights and the answers for some rows are within 1e-4 on our kernels and on tfjs.
 * @returns what our kernels trained
 */
export async function expectAsTfjs(
  train: (backend: NodeBackend) => Promise<Trained>,
  features: FeatureMatrix,
): Promise<Trained> {
  const [ours, theirs] = [await train('wasm'), await train('cpu')];
  expectClose(lossesOf(ours), lossesOf(theirs));
  expect(ours.model.weights.map(({ name }) => name)).toEqual(
    theirs.model.weights.map(({ name }) => name),
  );
  for (const { name, shape, values } of ours.model.weights) {
    const other = weightOf(theirs.model.weights, name);
    expect({ name, shape }).toEqual({ name, shape: other.shape });
    expectClose(values, other.values);
  }
  expectClose(await ours.model.predict(features), await theirs.model.predict(features));
  theirs.model.dispose();
  return ours;
}

/**
 * A training that goes on from any of its checkpoints ends with the same weights and curve.
 * @returns the checkpoints
 */
export async function expectToGoOn(
  train: (last?: Checkpoint) => Promise<KeptTraining>,
): Promise<readonly Checkpoint[]> {
  const whole = await train();
  expect(whole.kept.length).toBeGreaterThan(4);
  for (const last of whole.kept) {
    const rest = await train(last);
    expect(rest.model.weights).toEqual(whole.model.weights);
    expect(rest.history).toEqual(whole.history);
    rest.model.dispose();
  }
  whole.model.dispose();
  return whole.kept;
}

function lossesOf({ history }: Trained): readonly number[] {
  return history.flatMap(({ trainLoss, validationLoss }) => [trainLoss, validationLoss ?? NaN]);
}

export function expectClose(ours: ArrayLike<number>, theirs: ArrayLike<number>): void {
  expect(ours.length).toBe(theirs.length);
  for (const [i, value] of Array.from(ours).entries()) {
    expect(Math.abs(value - (theirs[i] ?? NaN))).toBeLessThan(1e-4);
  }
}
