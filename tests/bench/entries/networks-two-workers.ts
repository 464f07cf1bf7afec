import { cnn } from '#core/models/networks/cnn.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { restingThreads } from '#core/parallel/resting-threads.ts';
import { nodeThreads } from '#engine/node-threads.ts';
import type { BenchEntry } from '../entry.ts';
import { onThreads, type NetworkTraining } from '../network-pace.ts';

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
        ours: () => onThreads(two, training),
        peer: () => onThreads(alone, training),
        close: async () => undefined,
      };
    },
  };
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
