import type { BackendName } from '#core/engine.ts';
import type { Estimator } from '#core/models/estimator.ts';
import type { Threads } from '#core/parallel/threads.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { drawNoise, type NoiseShape } from './noise.ts';

/** A network's training in Node. */
export interface NetworkTraining {
  readonly estimator: Estimator;
  readonly data: NoiseShape;
  /** Besides how long it trains. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly batch: number;
  /** Steps of an epoch: so few that data of their size are quickly drawn. */
  readonly perEpoch: number;
  /** Epochs that are timed. */
  readonly epochs: number;
}

/** How a training is timed. */
interface Timing {
  /** Epochs before, which warm up. */
  readonly warmUp: number;
  readonly seconds: () => number;
  readonly threads?: Threads;
}

const byProcessor: Timing = {
  warmUp: 1,
  seconds: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
};

/** Samples per second of processor time, on our kernels and one thread. */
export function onKernels(training: NetworkTraining): Promise<number> {
  return samplesPerSecond('wasm', training, byProcessor);
}

/** Samples per second by the clock, on our kernels. In the first of two epochs before, the other threads start. */
export function onThreads(threads: Threads, training: NetworkTraining): Promise<number> {
  const seconds = (): number => performance.now() / 1000;
  return samplesPerSecond('wasm', training, { warmUp: 2, seconds, threads });
}

/** The same network by the tensors of tfjs, on its backend wasm, or on cpu where wasm has no way back for a layer. */
export async function onTensors(
  backend: 'wasm' | 'cpu',
  training: NetworkTraining,
): Promise<number> {
  const { createNodeEngine } = await import('#engine/node-engine.ts');
  await createNodeEngine(backend);
  // What trains on cpu is tfjs, on whichever of its backends is there.
  return samplesPerSecond('cpu', training, byProcessor);
}

/** Validation has so few rows that it takes no time to speak of. */
async function samplesPerSecond(
  backend: BackendName,
  { estimator, data, parameters, batch, perEpoch, epochs }: NetworkTraining,
  { warmUp, seconds, threads }: Timing,
): Promise<number> {
  const random = new RandomStream(1);
  const all = epochs + warmUp;
  const lasts = { batch_size: batch, epochs: all, patience: all, weight_decay: 0 };
  const training = trainNetworkOn(
    backend,
    estimator,
  )({
    train: drawNoise(data, perEpoch * batch, random),
    validation: drawNoise(data, 4, random),
    parameters: resolveParameters(estimator.parameters, { ...parameters, ...lasts }, 'bench'),
    random,
    signal: new AbortController().signal,
    ...(threads && { threads }),
  });
  for (let epoch = 0; epoch < warmUp; epoch += 1) await training.next();
  const start = seconds();
  for (let epoch = 0; epoch < epochs; epoch += 1) await training.next();
  const took = seconds() - start;
  const ended = await training.next();
  if (ended.done === true) ended.value.dispose();
  return (batch * perEpoch * epochs) / took;
}
