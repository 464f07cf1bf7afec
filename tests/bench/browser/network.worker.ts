/// <reference lib="webworker" />
// Trains a network on the GPU for a while, by our shaders or by tfjs, and answers with how fast that went.
import type { BackendName } from '#core/engine.ts';
import { cnn } from '#core/models/networks/cnn.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { activateBackend, gpuAdapter } from '#engine/backends.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { drawNoise, type NoiseShape } from '../noise.ts';

export interface NetworkWork {
  /** Our shaders; the same network of ours by tensors of tfjs; or `fit` of a layers model of tfjs. */
  readonly by: 'shaders' | 'tensors' | 'fit';
  /** Numbers from the features to the classes. */
  readonly sizes: readonly number[];
  /** Where the features are square images: what looks at them first, windows with zeros around, pooled each time. */
  readonly images?: {
    readonly side: number;
    readonly channels: number;
    readonly filters: readonly number[];
    readonly kernel: number;
  };
  readonly batch: number;
  /** Batches of an epoch. */
  readonly batches: number;
  /** How long to train for, about, after a first epoch: a second one is the least. */
  readonly seconds: number;
}

export interface NetworkDone {
  readonly samplesPerSecond: number;
  readonly dispatchesPerStep: number;
  readonly adapter: string;
}

/** Trains so many epochs more, at most 999 in all. */
type Train = (epochs: number) => Promise<void>;

let dispatches = 0;
const dispatch = Reflect.get(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...groups) {
  dispatches += 1;
  Reflect.apply(dispatch, this, groups);
};

const trainers: Record<NetworkWork['by'], (work: NetworkWork) => Promise<Train>> = {
  shaders: async (work) => trainOn('webgpu', work),

  async tensors(work) {
    await import('@tensorflow/tfjs'); // registers the gradients
    await activateBackend('webgpu', '');
    // What trains on cpu is tfjs, on whichever of its backends is there.
    return trainOn('cpu', work);
  },

  async fit(work) {
    const tf = await import('@tensorflow/tfjs');
    await import('@tensorflow/tfjs-backend-webgpu');
    if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs has no webgpu');
    const { sizes, batch, batches, images } = work;
    const { features, target } = drawNoise(noiseOf(work), batch * batches, new RandomStream(1));
    const shape = images ? [images.side, images.side, images.channels] : [features.width];
    const x = tf.tensor(features.values, [features.rows, ...shape]);
    const y = tf.oneHot(tf.tensor1d(Int32Array.from(target), 'int32'), sizes.at(-1) ?? 1);
    const model = tf.sequential();
    model.add(tf.layers.inputLayer({ inputShape: shape }));
    for (const filters of images?.filters ?? []) {
      const kernelSize = images?.kernel ?? 0;
      model.add(tf.layers.conv2d({ filters, kernelSize, padding: 'same' }));
      model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
      model.add(tf.layers.reLU());
    }
    if (images !== undefined) model.add(tf.layers.flatten());
    for (const [i, units] of sizes.slice(1).entries()) {
      const activation = i < sizes.length - 2 ? 'relu' : 'softmax';
      model.add(tf.layers.dense({ units, activation }));
    }
    model.compile({ optimizer: tf.train.adam(0.005), loss: 'categoricalCrossentropy' });
    return async (epochs) => {
      await model.fit(x, y, { epochs, batchSize: batch, shuffle: true, yieldEvery: 'never' });
    };
  },
};

/** Validation has so few rows that it takes no time to speak of. */
function trainOn(backend: BackendName, work: NetworkWork): Train {
  const { sizes, batch, batches, images } = work;
  const random = new RandomStream(1);
  const estimator = images === undefined ? mlp : cnn;
  const looks = images && { filters: images.filters, kernel_size: String(images.kernel) };
  const training = trainNetworkOn(
    backend,
    estimator,
  )({
    train: drawNoise(noiseOf(work), batch * batches, random),
    validation: drawNoise(noiseOf(work), 4, random),
    parameters: resolveParameters(
      estimator.parameters,
      {
        ...looks,
        ...{ hidden_units: sizes.slice(1, -1), batch_size: batch, weight_decay: 0 },
        ...{ epochs: 1000, patience: 1000 },
      },
      'bench',
    ),
    random,
    signal: new AbortController().signal,
  });
  return async (epochs) => {
    for (let epoch = 0; epoch < epochs; epoch += 1) await training.next();
  };
}

function noiseOf({ sizes, images }: NetworkWork): NoiseShape {
  const image = images && { height: images.side, width: images.side, channels: images.channels };
  return { width: sizes[0] ?? 1, classes: sizes.at(-1) ?? 1, ...(image && { image }) };
}

/** The first epoch compiles; the second one is what counts, unless it says that more fit the time. */
async function measure(work: NetworkWork): Promise<NetworkDone> {
  const { batch, batches, seconds } = work;
  const train = await trainers[work.by](work);
  const trainFor = async (epochs: number) => {
    dispatches = 0;
    const start = performance.now();
    await train(epochs);
    const ms = performance.now() - start;
    const steps = epochs * batches;
    return {
      ms,
      samplesPerSecond: (1000 * steps * batch) / ms,
      dispatchesPerStep: dispatches / steps,
    };
  };
  await train(1);
  const second = await trainFor(1);
  const epochs = Math.min(900, Math.ceil((1000 * seconds) / second.ms));
  const { samplesPerSecond, dispatchesPerStep } = epochs > 1 ? await trainFor(epochs) : second;
  const info = (await gpuAdapter())?.info;
  return {
    ...{ samplesPerSecond, dispatchesPerStep },
    adapter: `${info?.vendor ?? ''} ${info?.architecture ?? ''}`,
  };
}

self.onmessage = async ({ data }: MessageEvent<NetworkWork>) => {
  self.postMessage(await measure(data));
};
