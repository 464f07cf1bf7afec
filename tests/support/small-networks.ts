import type { EpochEvent, Estimator, TrainedModel, TrainingData } from '#core/models/estimator.ts';
import type { WeightTensor } from '#core/models/weight-tensor.ts';
import type { Checkpoint } from '#core/checkpoints/checkpoint.ts';
import { estimators } from '#core/models/registry.ts';
import type { BackendName } from '#core/engine.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { ONE_THREAD, type Threads } from '#core/parallel/threads.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import type { Task } from '#core/spec/spec.ts';
import { readPosition } from '#engine/networks/position.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { drawCoded } from './coded-data.ts';
import { drawFor } from './draw-for.ts';

/** A small network and what it learns from, for a few steps. */
export interface SmallNetwork {
  readonly title: string;
  readonly estimator: Estimator;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly draw: (seed: number, rows: number) => TrainingData;
  /** Of the training data. */
  readonly rows: number;
}

type Own = Partial<Pick<SmallNetwork, 'parameters' | 'draw' | 'rows'>> & {
  readonly task?: Task;
  /** Rows count differently. */
  readonly weighted?: true;
};

/** Ten steps an epoch, the last one of three rows. */
const BATCH = 6;
const ROWS = 57;

/** A training of so many steps, which ends after the first two of its epochs. */
const STEPS = 100;

/** Where the defaults are more than a test needs. */
const smaller: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  char_transformer: { width: '32', heads: '2', layers: 1 },
  cnn: { filters: [5, 9], hidden_units: [7] },
  conv1d: { filters: [6, 5], hidden_units: [7] },
  gru: { units: 9, hidden_units: [7] },
};

/** Other optimizers than the usual one, and other rates. */
const oneCycle = { optimizer: 'adamw', weight_decay: 0.1, schedule: 'one_cycle' };
const momentum = {
  ...{ optimizer: 'sgd', label_smoothing: 0.2 },
  ...{ schedule: 'step', drop_epochs: 4, drop_factor: 0.3 },
};
const ahead = { optimizer: 'sgd', nesterov: true, weight_decay: 0.1, schedule: 'cosine' };

/**
 * What the defaults of an estimator leave out of it. Many at once are so many that gradients of weights which all places of
 * a row share are sums of more than two thousand products.
 */
const more: Readonly<Record<string, Readonly<Record<string, Own>>>> = {
  mlp: {
    'learned vectors': { draw: drawCoded, parameters: { dropout: 0.2, clip_norm: 0.5 } },
    'normalized, tanh': { parameters: { batch_norm: true, activation: 'tanh', ...oneCycle } },
    'dropped, by momentum': { weighted: true, parameters: { dropout: 0.2, ...momentum } },
    'values, cut, by a step ahead': {
      task: 'regression',
      parameters: { clip_norm: 0.5, ...ahead },
    },
  },
  cnn: {
    normalized: {
      weighted: true,
      parameters: { batch_norm: true, dropout: 0.2, ...oneCycle },
    },
    'changed by chance': {
      parameters: { flip: 'both', crop: 0.2, shift: 0.2, rotate: 20, mix_up: 0.4 },
    },
    'values, changed by chance and normalized': {
      task: 'regression',
      parameters: { flip: 'horizontal', mix_up: 0.4, batch_norm: true, pooling: 'stride' },
    },
    'upside down, tanh, wide windows, by momentum': {
      parameters: {
        ...{ flip: 'vertical', activation: 'tanh', kernel_size: '5', pooling: 'none' },
        ...momentum,
      },
    },
  },
  text_classifier: {
    convolution: { parameters: { architecture: 'convolution', dropout: 0.2, ...oneCycle } },
    'tanh, cut, by momentum': {
      weighted: true,
      parameters: { activation: 'tanh', clip_norm: 0.5, ...momentum },
    },
    'attention, many at once': { rows: 340, parameters: { batch_size: 170 } },
  },
  conv1d: {
    'causal, the mean': {
      weighted: true,
      parameters: { padding: 'causal', pooling: 'mean', dropout: 0.2, ...momentum },
    },
    'every position, many at once': {
      rows: 340,
      parameters: { batch_size: 170, padding: 'valid', pooling: 'none', kernel_size: 3 },
    },
  },
  gru: {
    'two layers, dropped': {
      weighted: true,
      parameters: { layers: 2, dropout: 0.2, ...oneCycle },
    },
    'many at once': { rows: 340, parameters: { batch_size: 170, units: 32 } },
  },
  autoencoder: {
    'rectified, cut': { parameters: { activation: 'relu', clip_norm: 0.5, ...ahead } },
  },
  char_transformer: {
    'rectified, dropped': { parameters: { activation: 'relu', dropout: 0.2, ...oneCycle } },
    'many at once': { rows: 260, parameters: { batch_size: 130 } },
  },
};

/** Every network that is registered, for each of its tasks, and what its defaults leave out. */
export const smallNetworks: readonly SmallNetwork[] = estimators
  .filter(({ network }) => network !== undefined)
  .flatMap((estimator) => [
    ...estimator.tasks.map((task) => caseOf(estimator, task, { task })),
    ...Object.entries(more[estimator.name] ?? {}).map(([name, own]) =>
      caseOf(estimator, name, own),
    ),
  ]);

function caseOf(estimator: Estimator, name: string, own: Own): SmallNetwork {
  const [first = 'classification'] = estimator.tasks;
  const { task = first, rows = ROWS, weighted, parameters } = own;
  const drawn = own.draw ?? ((seed, count) => drawFor(estimator, task, { seed, rows: count }));
  const batch = Number(parameters?.['batch_size'] ?? BATCH);
  const perEpoch = Math.ceil(rows / batch);
  const epochs = STEPS / perEpoch;
  const lasting = { batch_size: batch, epochs, patience: epochs, max_steps: 2 * perEpoch };
  return {
    title: `${estimator.name}, ${name}`,
    estimator,
    parameters: { ...smaller[estimator.name], ...parameters, ...lasting },
    draw: weighted ? (seed, count) => withWeights(drawn(seed, count)) : drawn,
    rows,
  };
}

function withWeights(data: TrainingData): TrainingData {
  return { ...data, weights: data.target.map((_, row) => 0.25 + (row % 4) / 2) };
}

/** Those that a test trains on a backend: tfjs takes long on the CPU for many rows. */
export function smallNetworksOn(backend: BackendName): readonly SmallNetwork[] {
  return backend === 'cpu' ? smallNetworks.filter(({ rows }) => rows === ROWS) : smallNetworks;
}

/** The same for a hundred steps, of which the first are the same; so many of large batches would take minutes. */
export function forHundredSteps(one: SmallNetwork): SmallNetwork {
  if (one.rows !== ROWS) return one;
  return { ...one, parameters: { ...one.parameters, max_steps: 0 } };
}

export function networkTitled(title: string): SmallNetwork {
  const found = smallNetworks.find((one) => one.title === title);
  if (found === undefined) throw new RangeError(`there is no network ${title}`);
  return found;
}

/** The layers of a network. */
export function planOf({ estimator, parameters, draw, rows }: SmallNetwork): NetworkPlan {
  const { task, outputs, features } = draw(1, rows);
  const { width, image, categories, tokens, sequence } = features;
  const seen = { ...(image && { image }), ...(categories && { categories }) };
  const read = { ...(tokens && { tokens }), ...(sequence && { sequence }) };
  const plan = estimator.network?.(
    { ...{ task, outputs, width }, ...seen, ...read },
    resolveParameters(estimator.parameters, parameters, estimator.name),
  );
  if (plan === undefined) throw new RangeError(`${estimator.name} is no network`);
  return plan;
}

export interface TrainedSmall {
  readonly model: TrainedModel;
  readonly curve: readonly EpochEvent[];
  /** What was kept in the middle of an epoch, the latest. */
  readonly middle: Checkpoint | null;
  /** The weights behind the last epoch that something was kept after: a model has those of its best one. */
  readonly end: Checkpoint['tensors'];
}

export interface Sitting {
  /** What it goes on from. */
  readonly last?: Checkpoint | null;
  readonly threads?: Threads;
  readonly signal?: AbortSignal;
  /** Asked before each turn. */
  readonly mayGoOn?: () => Promise<void>;
  /** Hears of each checkpoint, and is waited for. */
  readonly onKeep?: (checkpoint: Checkpoint) => void | Promise<void>;
}

/** Trains to the end, keeping a checkpoint after each turn. */
export async function trainSmall(
  backend: BackendName,
  { estimator, parameters, draw, rows }: SmallNetwork,
  { last = null, threads = ONE_THREAD, signal, mayGoOn, onKeep }: Sitting = {},
): Promise<TrainedSmall> {
  const curve: EpochEvent[] = [];
  let middle: Checkpoint | null = null;
  let end: Checkpoint['tensors'] = [];
  const steps = Math.ceil(rows / Number(parameters['batch_size']));
  const training = trainNetworkOn(
    backend,
    estimator,
  )({
    train: draw(1, rows),
    validation: draw(2, 20),
    parameters: resolveParameters(estimator.parameters, parameters, estimator.name),
    random: new RandomStream(3),
    signal: signal ?? new AbortController().signal,
    threads,
    ...(mayGoOn && { mayGoOn }),
    checkpoints: {
      last,
      due: () => true,
      keep: async (checkpoint) => {
        const { batch } = readPosition(checkpoint.position);
        if (batch > 0 && batch < steps) middle = structuredClone(checkpoint);
        if (batch === 0) end = checkpoint.tensors.filter(isWeight);
        await onKeep?.(checkpoint);
      },
    },
  });
  for (;;) {
    const step = await training.next();
    if (step.done === true) return { model: step.value, curve, middle, end };
    curve.push(step.value);
  }
}

/** By their names: optimizers remember tensors of other names, or for each weight. */
function isWeight({ name }: WeightTensor): boolean {
  return /^\S+_\d+$/.test(name);
}

/** The largest difference between numbers of two models; NaN where their tensors are not alike. */
export function farthest(
  mine: TrainedModel['weights'],
  theirs: TrainedModel['weights'],
): { readonly by: number; readonly tensor: string } {
  let worst = { by: mine.length === theirs.length ? 0 : NaN, tensor: '' };
  for (const [i, { name, values }] of mine.entries()) {
    const other = theirs[i];
    if (other?.name !== name || other.values.length !== values.length) {
      return { by: NaN, tensor: name };
    }
    for (const [k, value] of values.entries()) {
      const by = Math.abs(value - (other.values[k] ?? NaN));
      if (!(by <= worst.by)) worst = { by, tensor: name };
    }
  }
  return worst;
}
