/// <reference lib="webworker" />
// Trains a network on the GPU for a while, by our shaders or by tfjs, and answers with how fast that went.
import type { TrainingData } from '#core/models/estimator.ts';
import { cnn } from '#core/models/networks/cnn.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { gpuAdapter } from '#engine/backends.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';

export interface NetworkWork {
  readonly by: 'ours' | 'tfjs';
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
  /** How long to train for, about, after a first epoch. */
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
  /** Validation has so few rows that it takes no time to speak of. */
  async ours(work) {
    const { sizes, batch, batches, images } = work;
    const random = new RandomStream(1);
    const estimator = images === undefined ? mlp : cnn;
    const looks = images && { filters: images.filters, kernel_size: String(images.kernel) };
    const training = trainNetworkOn(
      'webgpu',
      estimator,
    )({
      train: noiseOf(work, batch * batches, random),
      validation: noiseOf(work, 4, random),
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
  },

  async tfjs(work) {
    const tf = await import('@tensorflow/tfjs');
    await import('@tensorflow/tfjs-backend-webgpu');
    if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs has no webgpu');
    const { sizes, batch, batches, images } = work;
    const { features, target } = noiseOf(work, batch * batches, new RandomStream(1));
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

function noiseOf({ sizes, images }: NetworkWork, rows: number, random: RandomStream): TrainingData {
  const [width, classes] = [sizes[0] ?? 1, sizes.at(-1) ?? 1];
  const values = Float32Array.from({ length: rows * width }, () => random.normal());
  const target = Float64Array.from({ length: rows }, () => random.integer(classes));
  const names = Array.from({ length: width }, (_, i) => `x${i}`);
  const image = images && { height: images.side, width: images.side, channels: images.channels };
  return {
    task: 'classification',
    features: { rows, width, values, names, ...(image && { image }) },
    target,
    outputs: classes,
  };
}

/** The second epoch says how many fit the time; the first one compiles. */
async function measure(work: NetworkWork): Promise<NetworkDone> {
  const { batch, batches, seconds } = work;
  const train = await trainers[work.by](work);
  await train(1);
  const secondStart = performance.now();
  await train(1);
  const epochMs = performance.now() - secondStart;
  const epochs = Math.max(1, Math.min(900, Math.ceil((1000 * seconds) / epochMs)));
  dispatches = 0;
  const start = performance.now();
  await train(epochs);
  const steps = epochs * batches;
  const info = (await gpuAdapter())?.info;
  return {
    samplesPerSecond: (1000 * steps * batch) / (performance.now() - start),
    dispatchesPerStep: dispatches / steps,
    adapter: `${info?.vendor ?? ''} ${info?.architecture ?? ''}`,
  };
}

self.onmessage = async ({ data }: MessageEvent<NetworkWork>) => {
  self.postMessage(await measure(data));
};
