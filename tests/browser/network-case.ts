import { expect } from 'vitest';
import type { ImageShape } from '#core/features/matrix.ts';
import type { Estimator, TrainingData } from '#core/models/estimator.ts';
import { cnn } from '#core/models/networks/cnn.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { Augmenter } from '#core/networks/augmentation/augmenter.ts';
import type { Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { firstWeights } from '#core/networks/place-layers.ts';
import { trainingOf } from '#core/networks/training.ts';
import { Breather } from '#core/breather.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import {
  rowsOfBatch,
  type Batches,
  type Network,
  type NetworkBackend,
  type NetworkStart,
  type NetworkTensors,
} from '#engine/networks/network.ts';

/** Rows of noise and a network for them. */
export interface NetworkCase {
  readonly rows: number;
  readonly width: number;
  /** 1 for values. */
  readonly classes: number;
  /** Of the network for tables, or of the convolutional one where rows are images. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The rows are images of as many numbers. */
  readonly image?: ImageShape;
  /** Codes of so many categories are in the features' place, 0 for a number. */
  readonly categories?: readonly number[];
  /** Other layers than the parameters name; a fully connected one for the outputs comes behind them. */
  readonly layers?: readonly Layer[];
  /** Rows count differently. */
  readonly weighted?: true;
  /** It learns to give its own input back. */
  readonly reconstructs?: true;
}

export function startOf(one: NetworkCase): NetworkStart {
  const random = new RandomStream(5);
  const estimator = one.image === undefined ? mlp : cnn;
  const parameters = resolveParameters(estimator.parameters, one.parameters, 'test');
  const [train, validation] = [dataOf(one, random), dataOf({ ...one, rows: 37 }, random)];
  const plan = planOf(one, estimator, parameters, train);
  const settings = trainingOf(parameters);
  return { plan, settings, first: firstWeights(plan, random), train, validation, seed: 1 };
}

function planOf(
  one: NetworkCase,
  estimator: Estimator,
  parameters: ParameterValues,
  { task, outputs, features: { width, image, categories } }: TrainingData,
): NetworkPlan {
  const plan = estimator.network?.(
    {
      ...{ task, width, outputs: one.reconstructs ? width : outputs },
      ...(image && { image }),
      ...(categories && { categories }),
    },
    parameters,
  );
  if (plan === undefined) throw new Error('no plan');
  const last = plan.layers.slice(-1);
  return {
    ...plan,
    ...(one.layers && { layers: [...one.layers, ...last] }),
    ...(one.reconstructs && { reconstructs: true }),
  };
}

function dataOf(
  { rows, width, classes, weighted, image, categories }: NetworkCase,
  random: RandomStream,
): TrainingData {
  const values = Float32Array.from({ length: rows * width }, (_, at) => {
    const count = categories?.[at % width] ?? 0;
    if (count === 0) return random.normal();
    return random.uniform() < 0.1 ? NaN : random.integer(count);
  });
  const target = Float64Array.from({ length: rows }, () =>
    classes > 1 ? random.integer(classes) : random.normal(),
  );
  return {
    task: classes > 1 ? 'classification' : 'regression',
    features: {
      ...{ rows, width, values, names: Array.from({ length: width }, (_, i) => `x${i}`) },
      ...(image && { image }),
      ...(categories && { categories: Int32Array.from(categories) }),
    },
    target,
    outputs: classes,
    ...(weighted && { weights: Float64Array.from({ length: rows }, () => 2 * random.uniform()) }),
  };
}

/** Steps over the rows, each epoch in an order of its own, so many batches at a time. */
export async function takeSteps(
  network: Network,
  { plan: { augmentation }, train, settings }: NetworkStart,
  steps: { readonly from?: number; readonly to: number; readonly atOnce?: number },
  signal?: AbortSignal,
): Promise<number[]> {
  const count = train.features.rows;
  const rows = Math.min(settings.batchRows, count);
  const batches = Math.ceil(count / rows);
  const breather = new Breather(signal);
  const augmenter = augmentation && new Augmenter(augmentation, train, 9);
  const losses: number[] = [];
  for (let step = steps.from ?? 0; step < steps.to;) {
    const epoch = Math.floor(step / batches);
    const from = step % batches;
    const order = Int32Array.from({ length: count }, (_, i) => i);
    new RandomStream(epoch + 1).shuffle(order);
    const size = Math.min(steps.atOnce ?? Infinity, batches - from, steps.to - step);
    const rates = new Float64Array(size).fill(settings.learningRate);
    const taken: Batches = { order, rows, from, step, rates };
    const changed = augmenter && {
      augmented: (index: number) =>
        augmenter.batch(order.subarray(...rowsOfBatch(taken, index)), taken.step + index),
    };
    losses.push(...(await network.trainBatches({ ...taken, ...changed }, breather)));
    step += size;
  }
  return losses;
}

export interface Trained {
  /** Of each batch, the sum over its rows; and the mean of a validation row. */
  readonly losses: readonly number[];
  readonly validationLoss: number;
  readonly hits: number | null;
  readonly weights: NetworkTensors;
}

/** A network after a hundred steps. */
export async function trainHundred(
  backend: NetworkBackend,
  one: NetworkCase,
  atOnce?: number,
): Promise<Trained> {
  const start = startOf(one);
  const network = await backend.start(start);
  try {
    const losses = await takeSteps(network, start, {
      to: 100,
      ...(atOnce === undefined ? {} : { atOnce }),
    });
    const { loss: validationLoss, hits } = await network.validate();
    return { losses, validationLoss, hits, weights: await network.weights() };
  } finally {
    network.free();
  }
}

/** Expects losses and weights to be within 1e-4 of each other after a hundred steps. */
export async function compareBackends(
  mine: NetworkBackend,
  theirs: NetworkBackend,
  one: NetworkCase,
): Promise<void> {
  const [ours, others] = [await trainHundred(mine, one), await trainHundred(theirs, one)];
  expect(ours.losses).toHaveLength(100);
  for (const [i, loss] of ours.losses.entries()) {
    expect(Math.abs(loss - (others.losses[i] ?? NaN)) / one.rows).toBeLessThan(1e-4);
  }
  expect(Math.abs(ours.validationLoss - others.validationLoss)).toBeLessThan(1e-4);
  expect(ours.hits).toBe(others.hits);
  expect(farthest(ours.weights, others.weights)).toBeLessThan(1e-4);
}

/** The largest difference between numbers of two lists of tensors; NaN where they are not of one shape. */
function farthest(mine: NetworkTensors, theirs: NetworkTensors): number {
  let worst = mine.length === theirs.length ? 0 : NaN;
  for (const [i, { name, values }] of mine.entries()) {
    const other = theirs[i];
    if (other?.name !== name || other.values.length !== values.length) return NaN;
    for (const [k, value] of values.entries()) {
      worst = Math.max(worst, Math.abs(value - (other.values[k] ?? NaN)));
    }
  }
  return worst;
}
