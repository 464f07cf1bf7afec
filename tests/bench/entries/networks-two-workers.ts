import { cnn } from '#core/models/networks/cnn.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { restingThreads } from '#core/parallel/resting-threads.ts';
import type { Threads } from '#core/parallel/threads.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { nodeThreads } from '#engine/node-threads.ts';
import type { BenchEntry } from '../entry.ts';
import type { NetworkTraining } from '../network-pace.ts';
import { drawNoise } from '../noise.ts';

/**
 * Training by two threads beside one, by the clock: only a machine with two cores free can show what the second one is
 * good for.
 */
function entryOf(name: string, what: string, training: NetworkTraining): BenchEntry {
  return {
    name,
    what: `${what}, two workers, by the clock`,
    peerName: 'the same by one worker',
    unit: 'samples per second',
    better: 'more',
    repeats: 5,
    prepare: async () => {
      const [alone, two] = [restingThreads(nodeThreads(1)), restingThreads(nodeThreads(2))];
      return {
        ours: () => samplesPerSecond(training, two),
        peer: () => samplesPerSecond(training, alone),
        close: async () => undefined,
      };
    },
  };
}

/** Two epochs warm up, and have the other thread start. */
async function samplesPerSecond(
  { estimator, data, parameters, batch, perEpoch, epochs }: NetworkTraining,
  threads: Threads,
): Promise<number> {
  const random = new RandomStream(1);
  const lasts = { batch_size: batch, epochs: epochs + 2, patience: epochs + 2, weight_decay: 0 };
  const training = trainNetworkOn(
    'wasm',
    estimator,
  )({
    train: drawNoise(data, perEpoch * batch, random),
    validation: drawNoise(data, 4, random),
    parameters: resolveParameters(estimator.parameters, { ...parameters, ...lasts }, 'bench'),
    random,
    signal: new AbortController().signal,
    threads,
  });
  for (let epoch = 0; epoch < 2; epoch += 1) await training.next();
  const startMs = performance.now();
  for (let epoch = 0; epoch < epochs; epoch += 1) await training.next();
  const seconds = (performance.now() - startMs) / 1000;
  const ended = await training.next();
  if (ended.done === true) ended.value.dispose();
  return (batch * perEpoch * epochs) / seconds;
}

const image = { height: 28, width: 28, channels: 1 };

export const networksTwoWorkers: readonly BenchEntry[] = [
  entryOf('mlp-wide-two-workers', 'training of a network 20-256-256-3 by Adam, batches of 64', {
    estimator: mlp,
    data: { width: 20, classes: 3 },
    parameters: { hidden_units: [256, 256] },
    ...{ batch: 64, perEpoch: 100, epochs: 10 },
  }),
  entryOf(
    'cnn-two-workers',
    'training of a convolutional network 16-32-64-10 on images 28×28×1 by Adam, batches of 64',
    {
      estimator: cnn,
      data: { width: 28 * 28, classes: 10, image },
      parameters: { filters: [16, 32], kernel_size: '3', hidden_units: [64] },
      ...{ batch: 64, perEpoch: 20, epochs: 5 },
    },
  ),
];
