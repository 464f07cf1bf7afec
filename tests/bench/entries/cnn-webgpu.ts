import { openBrowserBench } from '../browser-bench.ts';
import type { NetworkDone, NetworkWork } from '../browser/network.worker.ts';
import type { BenchEntry } from '../entry.ts';

interface Shape {
  readonly images: NonNullable<NetworkWork['images']>;
  /** Units behind the convolutions. */
  readonly units: readonly number[];
  readonly batch: number;
}

/** Batches of an epoch: tfjs needs seconds for one of these on a GPU that is software. */
const BATCHES = 3;

const measures = {
  time: {
    unit: 'ms of a step',
    repeats: 3,
    of: ({ samplesPerSecond }: NetworkDone, batch: number) => (1000 * batch) / samplesPerSecond,
  },
  dispatches: {
    unit: 'dispatches of a step',
    repeats: 1,
    of: ({ dispatchesPerStep }: NetworkDone) => dispatchesPerStep,
  },
} as const;

/** A convolutional network's training on the same GPU adapter, by our shaders and by tfjs. */
function entryOf(name: string, shape: Shape, measure: keyof typeof measures): BenchEntry {
  const { images, units, batch } = shape;
  const { side, channels, filters, kernel } = images;
  const { unit, repeats, of } = measures[measure];
  return {
    name,
    what: `training of a convolutional network ${[...filters, ...units].join('-')} on images ${side}×${side}×${channels} by Adam on WebGPU, ${kernel}×${kernel} windows, batches of ${batch}`,
    peerName: 'fit of tfjs on the backend webgpu',
    unit,
    better: 'less',
    repeats,
    prepare: async () => {
      const bench = await openBrowserBench();
      const sizes = [side * side * channels, ...units];
      const measureOn = async (by: NetworkWork['by']): Promise<number> => {
        const work = { by, images, sizes, batch, batches: BATCHES };
        const done = await bench.trainNetwork({ ...work, seconds: measure === 'time' ? 3 : 0 });
        console.error(`${by}: ${done.adapter}, ${of(done, batch)} ${unit}`);
        return of(done, batch);
      };
      return { ours: () => measureOn('ours'), peer: () => measureOn('tfjs'), close: bench.close };
    },
  };
}

const usual: Shape = {
  images: { side: 28, channels: 1, filters: [16, 32], kernel: 3 },
  units: [64, 10],
  batch: 64,
};

export const cnnWebgpuEntries: readonly BenchEntry[] = [
  entryOf('cnn-webgpu', usual, 'time'),
  entryOf('cnn-webgpu-dispatches', usual, 'dispatches'),
  entryOf(
    'cnn-webgpu-wide',
    { ...usual, images: { ...usual.images, side: 32, channels: 3, filters: [32, 64] } },
    'time',
  ),
  entryOf(
    'cnn-webgpu-deep',
    { ...usual, images: { ...usual.images, filters: [16, 32, 64, 64], kernel: 5 } },
    'time',
  ),
  entryOf(
    'cnn-webgpu-batch',
    { ...usual, images: { ...usual.images, side: 8 }, batch: 512 },
    'time',
  ),
];
