import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { EpochEvent, TrainingData } from '#core/models/estimator.ts';
import type { Augmentation } from '#core/networks/augmentation/augmentation.ts';
import { Augmenter } from '#core/networks/augmentation/augmenter.ts';
import { dropMask } from '#core/networks/drop-mask.ts';
import { sizeOf } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { firstWeights, placeLayers } from '#core/networks/place-layers.ts';
import { trainingOf } from '#core/networks/training.ts';
import { RandomStream } from '#core/random.ts';
import { numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import { networkBackendOf } from '#engine/networks/registry.ts';
import { networkTrainer } from '#engine/networks/train-network.ts';
import { runToEnd } from '../support/run-to-end.ts';
import { runPython } from './python.ts';

const script = fileURLToPath(new URL('networks.py', import.meta.url));
const SEED = 7;

/** A training of our kernels that is held against one in NumPy. */
export interface NetworkCase {
  readonly plan: NetworkPlan;
  readonly data: TrainingData;
  readonly validation: TrainingData;
  readonly parameters: ParameterValues;
}

/** A training on float64 by PyTorch's formulas. */
export interface Reference {
  readonly rates: readonly number[];
  readonly losses: readonly number[];
  readonly tensors: readonly Readonly<Record<string, readonly number[]>>[];
}

export async function referencesOf(cases: readonly NetworkCase[]): Promise<readonly Reference[]> {
  const input = JSON.stringify(cases.map(inputOf));
  return JSON.parse(await runPython(script, { input })) as Reference[];
}

/** Trains on our kernels: rates, losses and weights are those of the reference. */
export async function expectLikeReference(one: NetworkCase, reference: Reference): Promise<void> {
  const { rateAt, epochs } = trainingOf(one.parameters);
  const steps = reference.rates.length;
  for (const [step, rate] of reference.rates.entries()) {
    const ours = rateAt({ step, steps, batches: steps / epochs });
    expect(Math.abs(ours - rate)).toBeLessThan(1e-12);
  }
  const { events, last } = await train(one);
  for (const [epoch, loss] of reference.losses.entries()) {
    expect(Math.abs((events[epoch]?.trainLoss ?? NaN) - loss)).toBeLessThan(1e-4);
  }
  for (const [layer, { tensors }] of placeLayers(one.plan).entries()) {
    for (const { role, name } of tensors) {
      const ours = last.get(name);
      const theirs = reference.tensors[layer]?.[role] ?? [];
      expect(ours?.length).toBe(theirs.length);
      for (const [k, value] of theirs.entries()) {
        expect(Math.abs((ours?.[k] ?? NaN) - value)).toBeLessThan(1e-4);
      }
    }
  }
}

/** All that a training starts from and draws. */
function inputOf({ plan, data, parameters }: NetworkCase): unknown {
  const { task, features } = data;
  const random = new RandomStream(SEED);
  const first = firstWeights(plan, random.fork('weights'));
  const { values, rows, width } = features;
  const orders = Array.from({ length: numberOf(parameters, 'epochs') }, (_, i) => {
    const order = Int32Array.from({ length: rows }, (_row, k) => k);
    return [
      ...random
        .fork('batches')
        .fork(`epoch ${i + 1}`)
        .shuffle(order),
    ];
  });
  const layers = placeLayers(plan).map(({ layer, tensors }) => ({
    layer,
    tensors: Object.fromEntries(
      tensors.map(({ role, name, shape }) => {
        const tensor = first.find((weight) => weight.name === name)?.values ?? [];
        return [role, { shape, values: [...tensor] }];
      }),
    ),
  }));
  const masks = masksOf(plan, random.fork('dropout').seed, rows, parameters);
  return {
    ...{ task, layers, orders, masks, settings: parameters, shape: plan.input },
    x: Array.from({ length: rows }, (_, i) => [...values.slice(i * width, (i + 1) * width)]),
    y: [...data.target],
    w: [...(data.weights ?? new Float64Array(rows).fill(1))],
    ...(plan.augmentation && { changed: changedOf(plan.augmentation, data, orders, parameters) }),
  };
}

/** For each step its rows, changed by chance, with what they should give and count. */
function changedOf(
  augmentation: Augmentation,
  data: TrainingData,
  orders: readonly (readonly number[])[],
  parameters: ParameterValues,
): unknown {
  const { seed } = new RandomStream(SEED).fork('augmentation');
  const augmenter = new Augmenter(augmentation, data, seed);
  const batch = numberOf(parameters, 'batch_size');
  const batches = orders.flatMap((order) =>
    Array.from({ length: Math.ceil(order.length / batch) }, (_, i) =>
      Int32Array.from(order.slice(i * batch, (i + 1) * batch)),
    ),
  );
  return batches.map((rows, step) => {
    const { features, targets, weights } = augmenter.batch(rows, step);
    const parted = (values: Float32Array): number[][] =>
      Array.from(rows, (_, i) => {
        const width = values.length / rows.length;
        return [...values.slice(i * width, (i + 1) * width)];
      });
    const own = (of: Float64Array | undefined): number[] => [...rows].map((row) => of?.[row] ?? 1);
    const isShares = targets !== undefined && data.task === 'classification';
    return {
      x: parted(features),
      y: isShares ? parted(targets) : [...(targets ?? own(data.target))],
      w: [...(weights ?? own(data.weights))],
    };
  });
}

/** For each dropout layer, its mask in each step. */
function masksOf(
  plan: NetworkPlan,
  seed: number,
  rows: number,
  parameters: ParameterValues,
): Record<string, number[][]> {
  const batch = numberOf(parameters, 'batch_size');
  const batches = Math.ceil(rows / batch);
  const rowsOf = (step: number): number => Math.min(batch, rows - (step % batches) * batch);
  const steps = numberOf(parameters, 'epochs') * batches;
  return Object.fromEntries(
    placeLayers(plan).flatMap(({ layer, index, input }) => {
      if (layer.kind !== 'dropout') return [];
      const masks = Array.from({ length: steps }, (_, step) => [
        ...dropMask({ seed, step, layer: index }, rowsOf(step) * sizeOf(input), layer.share),
      ]);
      return [[String(index), masks]];
    }),
  );
}

/** The curve, and the latest weights, best epoch or not. */
async function train({ plan, data, validation, parameters }: NetworkCase): Promise<{
  events: readonly EpochEvent[];
  last: ReadonlyMap<string, Float32Array>;
}> {
  let last: ReadonlyMap<string, Float32Array> = new Map();
  const training = networkTrainer(
    networkBackendOf('wasm'),
    () => plan,
  )({
    train: data,
    validation,
    parameters,
    random: new RandomStream(SEED),
    signal: new AbortController().signal,
    checkpoints: {
      last: null,
      due: () => true,
      keep: ({ tensors }) => {
        last = new Map(tensors.map(({ name, values }) => [name, values]));
        return Promise.resolve();
      },
    },
  });
  const { history } = await runToEnd(training);
  return { events: history, last };
}
