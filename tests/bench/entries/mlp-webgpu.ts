import { openBrowserBench } from '../browser-bench.ts';
import type { NetworkWork } from '../browser/network.worker.ts';
import type { BenchEntry } from '../entry.ts';

type Shape = Pick<NetworkWork, 'sizes' | 'batch' | 'batches'>;

const measures = {
  samplesPerSecond: { unit: 'samples per second', better: 'more', seconds: 3 },
  dispatchesPerStep: { unit: 'dispatches per step', better: 'less', seconds: 0 },
} as const;

/** A network's training on the same GPU adapter, by our shaders and by tfjs. */
function entryOf(name: string, shape: Shape, measure: keyof typeof measures): BenchEntry {
  const { sizes, batch } = shape;
  const { seconds, ...entry } = measures[measure];
  return {
    name,
    what: `training of a network ${sizes.join('-')} by Adam on WebGPU, batches of ${batch}`,
    peerName: 'fit of tfjs on the backend webgpu',
    ...entry,
    // Each is measured in a browser of its own, which warms up by itself.
    repeats: 1,
    prepare: async () => {
      const bench = await openBrowserBench();
      const side = async (by: NetworkWork['by']): Promise<number> => {
        const done = await bench.trainNetwork({ by, ...shape, seconds });
        console.error(`${by}: ${done.adapter}, ${done.dispatchesPerStep} dispatches per step`);
        return done[measure];
      };
      return {
        ours: () => side('shaders'),
        peer: () => side('fit'),
        beside: { name: 'the same by tensors of tfjs on webgpu', measure: () => side('tensors') },
        close: bench.close,
      };
    },
  };
}

/** tfjs needs a second and more for an epoch of these on a GPU that is software. */
const small = { sizes: [20, 64, 64, 3], batch: 64, batches: 20 };

const wide = { ...small, sizes: [20, 256, 256, 3] };
const deep = { ...small, sizes: [20, 64, 64, 64, 64, 64, 3] };
const otherBatch = { ...small, batch: 512, batches: 5 };

export const mlpWebgpuEntries: readonly BenchEntry[] = [
  entryOf('mlp-webgpu', small, 'samplesPerSecond'),
  entryOf('mlp-webgpu-wide', wide, 'samplesPerSecond'),
  entryOf('mlp-webgpu-deep', deep, 'samplesPerSecond'),
  entryOf('mlp-webgpu-batch', otherBatch, 'samplesPerSecond'),
  entryOf('mlp-webgpu-dispatches', small, 'dispatchesPerStep'),
  entryOf('mlp-webgpu-dispatches-wide', wide, 'dispatchesPerStep'),
  entryOf('mlp-webgpu-dispatches-deep', deep, 'dispatchesPerStep'),
  entryOf('mlp-webgpu-dispatches-batch', otherBatch, 'dispatchesPerStep'),
];
