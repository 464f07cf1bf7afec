import { openBrowserBench } from '../browser-bench.ts';
import type { NetworkDone, NetworkWork } from '../browser/network.worker.ts';
import type { BenchEntry } from '../entry.ts';

interface Shape {
  readonly images: NonNullable<NetworkWork['images']>;
  /** Units behind the convolutions. */
  readonly units: readonly number[];
  readonly batch: number;
  /** Batches of an epoch: tfjs needs seconds for one of these on a GPU that is software. */
  readonly batches: number;
}

const measures = {
  time: {
    unit: 'ms of a step',
    of: ({ samplesPerSecond }: NetworkDone, batch: number) => (1000 * batch) / samplesPerSecond,
  },
  dispatches: {
    unit: 'dispatches of a step',
    of: ({ dispatchesPerStep }: NetworkDone) => dispatchesPerStep,
  },
} as const;

/** A convolutional network's training on the same GPU adapter, by our shaders and by tfjs. */
function entryOf(name: string, shape: Shape, measure: keyof typeof measures): BenchEntry {
  const { images, units, batch, batches } = shape;
  const { side, channels, filters, kernel } = images;
  const { unit, of } = measures[measure];
  return {
    name,
    what: `training of a convolutional network ${[...filters, ...units].join('-')} on images ${side}×${side}×${channels} by Adam on WebGPU, ${kernel}×${kernel} windows, batches of ${batch}`,
    peerName: 'fit of tfjs on the backend webgpu',
    unit,
    better: 'less',
    // Each is measured in a browser of its own, which warms up by itself.
    repeats: 1,
    prepare: async () => {
      const bench = await openBrowserBench();
      const sizes = [side * side * channels, ...units];
      const measureOn = async (by: NetworkWork['by']): Promise<number> => {
        const work = { by, images, sizes, batch, batches };
        const done = await bench.trainNetwork({ ...work, seconds: measure === 'time' ? 3 : 0 });
        console.error(`${by}: ${done.adapter}, ${of(done, batch)} ${unit}`);
        return of(done, batch);
      };
      return {
        ours: () => measureOn('shaders'),
        peer: () => measureOn('fit'),
        beside: {
          name: 'the same by tensors of tfjs on webgpu',
          measure: () => measureOn('tensors'),
        },
        close: bench.close,
      };
    },
  };
}

const usual: Shape = {
  images: { side: 28, channels: 1, filters: [16, 32], kernel: 3 },
  units: [64, 10],
  batch: 64,
  batches: 3,
};
/** tfjs needs ten seconds and more for a batch of these. */
const large = (images: Partial<Shape['images']>): Shape => ({
  ...usual,
  images: { ...usual.images, ...images },
  batches: 1,
});

const wide = large({ filters: [32, 64] });
const deep = large({ filters: [16, 32, 64, 64] });
const otherBatch = { ...large({ side: 8 }), batch: 512 };

export const cnnWebgpuEntries: readonly BenchEntry[] = [
  entryOf('cnn-webgpu', usual, 'time'),
  entryOf('cnn-webgpu-wide', wide, 'time'),
  entryOf('cnn-webgpu-deep', deep, 'time'),
  entryOf('cnn-webgpu-batch', otherBatch, 'time'),
  entryOf('cnn-webgpu-dispatches', usual, 'dispatches'),
  entryOf('cnn-webgpu-dispatches-wide', wide, 'dispatches'),
  entryOf('cnn-webgpu-dispatches-deep', deep, 'dispatches'),
  entryOf('cnn-webgpu-dispatches-batch', otherBatch, 'dispatches'),
];
