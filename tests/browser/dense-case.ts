import { expect } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { firstWeights } from '#core/networks/place-layers.ts';
import { trainingOf } from '#core/networks/training.ts';
import { Breather } from '#core/pause.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import type {
  Network,
  NetworkBackend,
  NetworkStart,
  NetworkTensors,
} from '#engine/networks/network.ts';

/** A table of noise and a network for it. */
export interface DenseCase {
  readonly rows: number;
  readonly width: number;
  /** 1 for values. */
  readonly classes: number;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Rows count differently. */
  readonly weighted?: true;
  /** It learns to give its own input back. */
  readonly reconstructs?: true;
}

export function startOf(one: DenseCase): NetworkStart {
  const random = new RandomStream(5);
  const parameters = resolveParameters(mlp.parameters, one.parameters, 'test');
  const [train, validation] = [dataOf(one, random), dataOf({ ...one, rows: 37 }, random)];
  const { task, outputs, features } = train;
  const inputs = { task, outputs: one.reconstructs ? one.width : outputs, width: features.width };
  const plain = mlp.network?.(inputs, parameters);
  if (plain === undefined) throw new Error('no plan');
  const plan = one.reconstructs ? { ...plain, reconstructs: true as const } : plain;
  const settings = trainingOf(parameters);
  return { plan, settings, first: firstWeights(plan, random), train, validation, seed: 1 };
}

function dataOf({ rows, width, classes, weighted }: DenseCase, random: RandomStream): TrainingData {
  const values = Float32Array.from({ length: rows * width }, () => random.normal());
  const target = Float64Array.from({ length: rows }, () =>
    classes > 1 ? random.integer(classes) : random.normal(),
  );
  return {
    task: classes > 1 ? 'classification' : 'regression',
    features: { rows, width, values, names: Array.from({ length: width }, (_, i) => `x${i}`) },
    target,
    outputs: classes,
    ...(weighted && { weights: Float64Array.from({ length: rows }, () => 2 * random.uniform()) }),
  };
}

/** Steps over the rows, each epoch in an order of its own, so many batches at a time. */
export async function takeSteps(
  network: Network,
  { train, settings }: NetworkStart,
  steps: { readonly from?: number; readonly to: number; readonly atOnce?: number },
  signal?: AbortSignal,
): Promise<number[]> {
  const count = train.features.rows;
  const rows = Math.min(settings.batchRows, count);
  const batches = Math.ceil(count / rows);
  const breather = new Breather(signal);
  const losses: number[] = [];
  for (let step = steps.from ?? 0; step < steps.to;) {
    const epoch = Math.floor(step / batches);
    const from = step % batches;
    const order = Int32Array.from({ length: count }, (_, i) => i);
    new RandomStream(epoch + 1).shuffle(order);
    const size = Math.min(steps.atOnce ?? Infinity, batches - from, steps.to - step);
    const rates = new Float64Array(size).fill(settings.learningRate);
    losses.push(...(await network.trainBatches({ order, rows, from, step, rates }, breather)));
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
  one: DenseCase,
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
  one: DenseCase,
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
