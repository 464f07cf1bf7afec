import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from '#cli/prepare.mjs';
import type { TrainingData } from '#core/models/estimator.ts';
import { cnn } from '#core/models/networks/cnn.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import type { BenchEntry } from '../entry.ts';

const run = promisify(execFile);
const script = join(repository, 'tests', 'bench', 'peers', 'cnn_torch.py');

interface Shape {
  /** Pixels of a side of an image, and numbers of a pixel. */
  readonly side: number;
  readonly channels: number;
  readonly filters: readonly number[];
  readonly kernel: number;
  readonly hidden: readonly number[];
  readonly classes: number;
  readonly batch: number;
  readonly steps: number;
}

/** Steps of an epoch: so few that data of this size are quickly drawn. */
const EPOCH = 20;

/** Samples per second of processor time of a convolutional network's training, one thread each. */
function entryOf(name: string, shape: Shape): BenchEntry {
  const { side, channels, filters, kernel, hidden, classes, batch, steps } = shape;
  const sizes = [...filters, ...hidden, classes].join('-');
  return {
    name,
    what: `training of a convolutional network ${sizes} on images ${side}×${side}×${channels} by Adam, ${kernel}×${kernel} windows, batches of ${batch}, one thread`,
    peerName: 'PyTorch on the CPU',
    unit: 'samples per second of processor time',
    better: 'more',
    repeats: 3,
    prepare: () =>
      Promise.resolve({
        ours: () => samplesPerSecond(shape),
        peer: async () => {
          const numbers = [batch, steps, side, channels, classes, filters, kernel, hidden];
          const args = [script, ...numbers.map(String)];
          return Number((await run('/usr/bin/python3', args)).stdout);
        },
        close: () => Promise.resolve(),
      }),
  };
}

/** The same training beside itself on images that are changed by chance. */
function augmentedEntry(name: string, shape: Shape): BenchEntry {
  const { side, channels, filters, hidden, classes, batch } = shape;
  const sizes = [...filters, ...hidden, classes].join('-');
  return {
    name,
    what: `the same, ${sizes} on images ${side}×${side}×${channels} in batches of ${batch}, where each image is flipped, cropped, shifted, turned and mixed`,
    peerName: 'unchanged images',
    unit: 'samples per second of processor time',
    better: 'more',
    repeats: 3,
    prepare: () =>
      Promise.resolve({
        ours: () => samplesPerSecond(shape, everything),
        peer: () => samplesPerSecond(shape),
        close: () => Promise.resolve(),
      }),
  };
}

const everything = { flip: 'horizontal', crop: 0.2, shift: 0.1, rotate: 15, mix_up: 0.2 };

/** Validation has so few rows that it takes no time to speak of. */
async function samplesPerSecond(
  shape: Shape,
  augmentation: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const { side, channels, filters, kernel, hidden, classes, batch, steps } = shape;
  const random = new RandomStream(1);
  const data = (rows: number): TrainingData => {
    const width = side * side * channels;
    const values = Float32Array.from({ length: rows * width }, () => random.normal());
    const target = Float64Array.from({ length: rows }, () => random.integer(classes));
    const names = Array.from({ length: width }, (_, i) => `p${i}`);
    const image = { height: side, width: side, channels };
    const features = { rows, width, values, names, image };
    return { task: 'classification', features, target, outputs: classes };
  };
  const epochs = steps / EPOCH;
  const own = {
    filters,
    kernel_size: String(kernel),
    hidden_units: hidden,
    batch_size: batch,
    epochs: epochs + 1,
    patience: epochs + 1,
    weight_decay: 0,
    ...augmentation,
  };
  const training = trainNetworkOn(
    'wasm',
    cnn,
  )({
    train: data(EPOCH * batch),
    validation: data(4),
    parameters: resolveParameters(cnn.parameters, own, 'bench'),
    random,
    signal: new AbortController().signal,
  });
  // The first epoch warms up.
  await training.next();
  const startedAt = process.cpuUsage();
  for (let epoch = 0; epoch < epochs; epoch += 1) await training.next();
  const { user, system } = process.cpuUsage(startedAt);
  return (batch * steps * 1e6) / (user + system);
}

const usual: Shape = {
  side: 28,
  channels: 1,
  filters: [16, 32],
  kernel: 3,
  hidden: [64],
  classes: 10,
  batch: 64,
  steps: 100,
};

export const cnnEntries: readonly BenchEntry[] = [
  entryOf('cnn-wasm', usual),
  entryOf('cnn-wide', { ...usual, side: 32, channels: 3, filters: [32, 64], steps: 20 }),
  entryOf('cnn-deep', { ...usual, filters: [16, 32, 64, 64], kernel: 5, steps: 20 }),
  entryOf('cnn-batch', { ...usual, side: 8, batch: 512, steps: 40 }),
  augmentedEntry('cnn-augmented', usual),
  augmentedEntry('cnn-wide-augmented', {
    ...usual,
    side: 32,
    channels: 3,
    filters: [32, 64],
    steps: 20,
  }),
];
