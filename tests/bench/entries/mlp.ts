import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from '#cli/prepare.mjs';
import { mlp } from '#core/models/networks/mlp.ts';
import type { BenchEntry } from '../entry.ts';
import { onKernels, onTensors, type NetworkTraining } from '../network-pace.ts';
import { writePeerData } from '../peer-data.ts';

const run = promisify(execFile);
const script = join(repository, 'tests', 'bench', 'peers', 'mlp_torch.py');

interface Shape {
  /** Units from the features to the classes. */
  readonly sizes: readonly number[];
  readonly batch: number;
  readonly steps: number;
}

/** Samples per second of processor time of a network's training, one thread each. */
function entryOf(name: string, { sizes, batch, steps }: Shape): BenchEntry {
  const training: NetworkTraining = {
    estimator: mlp,
    data: { width: sizes[0] ?? 0, classes: sizes.at(-1) ?? 0 },
    parameters: { hidden_units: sizes.slice(1, -1) },
    ...{ batch, perEpoch: 100, epochs: steps / 100 },
  };
  return {
    name,
    what: `training of a network ${sizes.join('-')} by Adam, batches of ${batch}, one thread`,
    peerName: 'PyTorch on the CPU',
    unit: 'samples per second of processor time',
    better: 'more',
    repeats: 3,
    prepare: async () => {
      const rows = writePeerData(training);
      return {
        ours: () => onKernels(training),
        peer: async () => {
          const args = [script, rows.path, ...[batch, steps, ...sizes].map(String)];
          return Number((await run('/usr/bin/python3', args)).stdout);
        },
        // Steps take so much longer there that a fifth of them will do.
        beside: {
          name: 'the same by tfjs on its backend wasm',
          measure: () => onTensors('wasm', { ...training, epochs: training.epochs / 5 }),
        },
        close: async () => rows.close(),
      };
    },
  };
}

export const mlpEntries: readonly BenchEntry[] = [
  entryOf('mlp-small', { sizes: [20, 64, 64, 3], batch: 64, steps: 3000 }),
  entryOf('mlp-wide', { sizes: [20, 256, 256, 3], batch: 64, steps: 1000 }),
  entryOf('mlp-deep', { sizes: [20, 64, 64, 64, 64, 64, 3], batch: 64, steps: 2000 }),
  entryOf('mlp-batch', { sizes: [20, 64, 64, 3], batch: 512, steps: 500 }),
  entryOf('mlp-wide-wider', { sizes: [20, 512, 512, 3], batch: 64, steps: 500 }),
  entryOf('mlp-wide-deep', { sizes: [20, 256, 256, 256, 256, 3], batch: 64, steps: 500 }),
  entryOf('mlp-wide-batch', { sizes: [20, 256, 256, 3], batch: 512, steps: 500 }),
];
