import type { BackendName } from '#core/engine.ts';
import type { Estimator } from '#core/models/estimator.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { drawNoise, type NoiseShape } from './noise.ts';

/** A network's training on one thread of Node. */
export interface NetworkTraining {
  readonly estimator: Estimator;
  readonly data: NoiseShape;
  /** Besides how long it trains. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly batch: number;
  /** Steps of an epoch: so few that data of their size are quickly drawn. */
  readonly perEpoch: number;
  /** Epochs that are timed; one before them warms up. */
  readonly epochs: number;
}

/** Samples per second of processor time, on our kernels. */
export function onKernels(training: NetworkTraining): Promise<number> {
  return samplesPerSecond('wasm', training);
}

/** The same network by the tensors of tfjs, on its backend wasm, or on cpu where wasm has no way back for a layer. */
export async function onTensors(
  backend: 'wasm' | 'cpu',
  training: NetworkTraining,
): Promise<number> {
  const { createNodeEngine } = await import('#engine/node-engine.ts');
  await createNodeEngine(backend);
  // What trains on cpu is tfjs, on whichever of its backends is there.
  return samplesPerSecond('cpu', training);
}

/** Validation has so few rows that it takes no time to speak of. */
async function samplesPerSecond(
  backend: BackendName,
  { estimator, data, parameters, batch, perEpoch, epochs }: NetworkTraining,
): Promise<number> {
  const random = new RandomStream(1);
  const lasts = { batch_size: batch, epochs: epochs + 1, patience: epochs + 1, weight_decay: 0 };
  const training = trainNetworkOn(
    backend,
    estimator,
  )({
    train: drawNoise(data, perEpoch * batch, random),
    validation: drawNoise(data, 4, random),
    parameters: resolveParameters(estimator.parameters, { ...parameters, ...lasts }, 'bench'),
    random,
    signal: new AbortController().signal,
  });
  await training.next();
  const startedAt = process.cpuUsage();
  for (let epoch = 0; epoch < epochs; epoch += 1) await training.next();
  const { user, system } = process.cpuUsage(startedAt);
  return (batch * perEpoch * epochs * 1e6) / (user + system);
}
