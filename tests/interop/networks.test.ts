import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EpochEvent, TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { dropMask } from '#core/networks/drop-mask.ts';
import { sizeOf, type Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { firstWeights, placeLayers } from '#core/networks/place-layers.ts';
import { trainingOf } from '#core/networks/training.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { drawTraining } from '../support/training-data.ts';
import { runPython } from './python.ts';

const script = fileURLToPath(new URL('networks.py', import.meta.url));
const ROWS = 61;
const EPOCHS = 12;
const BATCH = 12;
const SEED = 7;

/** A training on float64 by PyTorch's formulas. */
interface Reference {
  readonly rates: readonly number[];
  readonly losses: readonly number[];
  readonly tensors: readonly Readonly<Record<string, readonly number[]>>[];
}

const cases: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  adam: { weight_decay: 0.05 },
  'adamw, one cycle': { optimizer: 'adamw', weight_decay: 0.1, schedule: 'one_cycle' },
  'sgd, steps': {
    ...{ optimizer: 'sgd', learning_rate: 0.05, weight_decay: 0.03 },
    ...{ schedule: 'step', drop_epochs: 5, drop_factor: 0.3 },
  },
  'sgd, nesterov, cosine': {
    ...{ optimizer: 'sgd', nesterov: true, momentum: 0.7, learning_rate: 0.05 },
    schedule: 'cosine',
  },
  'short gradients': { optimizer: 'sgd', learning_rate: 0.2, clip_norm: 0.1 },
  'smooth labels': { label_smoothing: 0.3 },
  'weights of rows': { weighted: true, optimizer: 'sgd', learning_rate: 0.1 },
  dropout: { dropout: 0.4, activation: 'tanh' },
  'batch normalization, and a last batch of one row': { batch_norm: true, optimizer: 'adamw' },
  'everything at once': {
    ...{ weighted: true, dropout: 0.2, batch_norm: true, label_smoothing: 0.1, clip_norm: 0.5 },
    ...{ optimizer: 'adamw', weight_decay: 0.1, schedule: 'one_cycle', warmup: 0.2 },
  },
};
const tasks = ['classification', 'regression'] as const;
const all = Object.entries(cases).flatMap(([name, given]) =>
  tasks
    .filter((task) => task === 'classification' || !('label_smoothing' in given))
    .map((task) => ({ name, task, given })),
);
type Case = (typeof all)[number];

function parametersOf({ given }: Case): ParameterValues {
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => name !== 'weighted'));
  const usual = { hidden_units: [6, 4], epochs: EPOCHS, patience: EPOCHS, batch_size: BATCH };
  return resolveParameters(mlp.parameters, { ...usual, ...own }, 'test');
}

function dataOf({ task, given }: Case): TrainingData {
  const data = drawTraining(task, { seed: 3, rows: ROWS, outputs: 3 });
  if (given.weighted !== true) return data;
  const weights = Float64Array.from({ length: ROWS }, (_, i) => (i % 3) * (ROWS / 60));
  return { ...data, weights };
}

function planOf(one: Case, { task, outputs, features }: TrainingData): NetworkPlan {
  const plan = mlp.network?.({ task, outputs, width: features.width }, parametersOf(one));
  if (plan === undefined) throw new Error('the MLP is no network');
  return plan;
}

/** All that the training starts from and draws, for the reference. */
function inputOf(one: Case): unknown {
  const data = dataOf(one);
  const plan = planOf(one, data);
  const random = new RandomStream(SEED);
  const first = firstWeights(plan, random.fork('weights'));
  const { values, rows, width } = data.features;
  const orders = Array.from({ length: EPOCHS }, (_, i) => {
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
  return {
    ...{ task: one.task, layers, orders, masks: masksOf(plan, random.fork('dropout').seed) },
    x: Array.from({ length: rows }, (_, i) => [...values.slice(i * width, (i + 1) * width)]),
    y: [...data.target],
    w: [...(data.weights ?? new Float64Array(rows).fill(1))],
    settings: parametersOf(one),
  };
}

/** For each dropout layer, its mask in each step. */
function masksOf(plan: NetworkPlan, seed: number): Record<string, number[][]> {
  const batches = Math.ceil(ROWS / BATCH);
  const rowsOf = (step: number): number => Math.min(BATCH, ROWS - (step % batches) * BATCH);
  return Object.fromEntries(
    placeLayers(plan).flatMap(({ layer, index, input }) => {
      if (layer.kind !== 'dropout') return [];
      const masks = Array.from({ length: EPOCHS * batches }, (_, step) => [
        ...dropMask({ seed, step, layer: index }, rowsOf(step) * sizeOf(input), layer.share),
      ]);
      return [[String(index), masks]];
    }),
  );
}

async function train(one: Case): Promise<{ events: EpochEvent[]; model: TrainedModel }> {
  const training = trainNetworkOn(
    'wasm',
    mlp,
  )({
    train: dataOf(one),
    validation: dataOf({ ...one, given: {} }),
    parameters: parametersOf(one),
    random: new RandomStream(SEED),
    signal: new AbortController().signal,
    checkpoints: { last: null, due: () => true, keep: (kept) => keep(one, kept.tensors) },
  });
  const events: EpochEvent[] = [];
  for (;;) {
    const step = await training.next();
    if (step.done === true) return { events, model: step.value };
    events.push(step.value);
  }
}

/** The latest state of each training, best epoch or not. */
const ends = new Map<Case, ReadonlyMap<string, Float32Array>>();
function keep(
  one: Case,
  tensors: readonly { readonly name: string; readonly values: Float32Array }[],
): Promise<void> {
  ends.set(one, new Map(tensors.map(({ name, values }) => [name, values])));
  return Promise.resolve();
}

let references: readonly Reference[];
beforeAll(async () => {
  const input = JSON.stringify(all.map(inputOf));
  references = JSON.parse(await runPython(script, { input })) as Reference[];
}, 60_000);

describe.each(all.map((one, i) => ({ ...one, one, i })))('$name, $task', ({ one, i }) => {
  it('goes the way of the reference: rates, losses and weights', async () => {
    const reference = references[i];
    if (reference === undefined) throw new Error('no reference');
    const { rateAt } = trainingOf(parametersOf(one));
    const steps = reference.rates.length;
    for (const [step, rate] of reference.rates.entries()) {
      const ours = rateAt({ step, steps, batches: steps / EPOCHS });
      expect(Math.abs(ours - rate)).toBeLessThan(1e-12);
    }
    const { events, model } = await train(one);
    for (const [epoch, loss] of reference.losses.entries()) {
      expect(Math.abs((events[epoch]?.trainLoss ?? NaN) - loss)).toBeLessThan(1e-4);
    }
    for (const [layer, { tensors }] of placeLayers(planOf(one, dataOf(one))).entries()) {
      for (const { role, name } of tensors) {
        const ours = ends.get(one)?.get(name);
        const theirs = reference.tensors[layer]?.[role] ?? [];
        expect(ours?.length).toBe(theirs.length);
        for (const [k, value] of theirs.entries()) {
          expect(Math.abs((ours?.[k] ?? NaN) - value)).toBeLessThan(1e-4);
        }
      }
    }
    model.dispose();
  });
});

describe('the layers of the MLP', () => {
  it('come in the order that one expects', () => {
    const [one] = all.filter(({ name }) => name === 'everything at once');
    if (one === undefined) throw new Error('no case');
    const kinds = planOf(one, dataOf(one)).layers.map(({ kind }: Layer) => kind);
    const hidden = ['dense', 'batch_norm', 'activation', 'dropout'];
    expect(kinds).toEqual([...hidden, ...hidden, 'dense']);
  });
});
