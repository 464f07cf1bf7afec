import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from '#cli/prepare.mjs';
import type { TrainingData } from '#core/models/estimator.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import type { BenchEntry } from '../entry.ts';

const run = promisify(execFile);
const script = join(repository, 'tests', 'bench', 'peers', 'mlp_torch.py');

interface Shape {
  /** Units from the features to the classes. */
  readonly sizes: readonly number[];
  readonly batch: number;
  readonly steps: number;
}

/** Samples per second of processor time of a network's training, one thread each. */
function entryOf(name: string, shape: Shape): BenchEntry {
  const { sizes, batch, steps } = shape;
  return {
    name,
    what: `training of a network ${sizes.join('-')} by Adam, batches of ${batch}, one thread`,
    peerName: 'PyTorch on the CPU',
    unit: 'samples per second of processor time',
    better: 'more',
    repeats: 3,
    prepare: () =>
      Promise.resolve({
        ours: () => samplesPerSecond(shape),
        peer: async () => {
          const args = [script, ...[batch, steps, ...sizes].map(String)];
          return Number((await run('/usr/bin/python3', args)).stdout);
        },
        close: () => Promise.resolve(),
      }),
  };
}

/** Validation has so few rows that it takes no time to speak of. */
async function samplesPerSecond({ sizes, batch, steps }: Shape): Promise<number> {
  const random = new RandomStream(1);
  const data = (rows: number): TrainingData => {
    const width = sizes[0] ?? 0;
    const classes = sizes.at(-1) ?? 0;
    const values = Float32Array.from({ length: rows * width }, () => random.normal());
    const target = Float64Array.from({ length: rows }, () => random.integer(classes));
    const names = Array.from({ length: width }, (_, i) => `x${i}`);
    return {
      task: 'classification',
      features: { rows, width, values, names },
      target,
      outputs: classes,
    };
  };
  const epochs = steps / 100;
  const training = trainNetworkOn(
    'wasm',
    mlp,
  )({
    train: data(100 * batch),
    validation: data(4),
    parameters: resolveParameters(
      mlp.parameters,
      {
        hidden_units: sizes.slice(1, -1),
        batch_size: batch,
        epochs: epochs + 1,
        patience: epochs + 1,
        weight_decay: 0,
      },
      'bench',
    ),
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

export const mlpEntries: readonly BenchEntry[] = [
  entryOf('mlp-small', { sizes: [20, 64, 64, 3], batch: 64, steps: 3000 }),
  entryOf('mlp-wide', { sizes: [20, 256, 256, 3], batch: 64, steps: 1000 }),
  entryOf('mlp-deep', { sizes: [20, 64, 64, 64, 64, 64, 3], batch: 64, steps: 2000 }),
  entryOf('mlp-batch', { sizes: [20, 64, 64, 3], batch: 512, steps: 500 }),
];
