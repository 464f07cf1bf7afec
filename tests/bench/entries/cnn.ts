import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from '#cli/prepare.mjs';
import { cnn } from '#core/models/networks/cnn.ts';
import type { BenchEntry } from '../entry.ts';
import { onKernels, onTensors, type NetworkTraining } from '../network-pace.ts';
import { writePeerData } from '../peer-data.ts';

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
    prepare: async () => {
      const rows = writePeerData(trainingOf(shape));
      return {
        ours: () => onKernels(trainingOf(shape)),
        peer: async () => {
          const numbers = [batch, steps, side, channels, classes, filters, kernel, hidden];
          const args = [script, rows.path, ...numbers.map(String)];
          return Number((await run('/usr/bin/python3', args)).stdout);
        },
        // A step of these takes seconds there.
        beside: {
          name: 'the same by tfjs on its backend cpu, as its wasm has no way back of a convolution',
          measure: () => onTensors('cpu', { ...trainingOf(shape), perEpoch: 1, epochs: 1 }),
        },
        close: async () => rows.close(),
      };
    },
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
        ours: () => onKernels(trainingOf(shape, everything)),
        peer: () => onKernels(trainingOf(shape)),
        close: () => Promise.resolve(),
      }),
  };
}

const everything = { flip: 'horizontal', crop: 0.2, shift: 0.1, rotate: 15, mix_up: 0.2 };

function trainingOf(
  { side, channels, filters, kernel, hidden, classes, batch, steps }: Shape,
  augmentation: Readonly<Record<string, unknown>> = {},
): NetworkTraining {
  const image = { height: side, width: side, channels };
  const perEpoch = 20;
  return {
    estimator: cnn,
    data: { width: side * side * channels, classes, image },
    parameters: { filters, kernel_size: String(kernel), hidden_units: hidden, ...augmentation },
    ...{ batch, perEpoch, epochs: steps / perEpoch },
  };
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
