import type { BackendName } from '#core/engine.ts';
import type { Estimator, Trainer, TrainingInput } from '#core/models/estimator.ts';
import { estimators } from '#core/models/registry.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { kernelBackend } from './kernels/kernel-network.ts';
import type { NetworkBackend } from './network.ts';
import { tensorBackend } from './tensors/tensor-network.ts';
import { networkTrainer } from './train-network.ts';

/** What trains networks: on wasm our own kernels, which are many times as fast as tfjs for small tables. */
export function networkBackendOf(backend: BackendName): NetworkBackend {
  return backend === 'wasm' ? kernelBackend : tensorBackend;
}

/** The trainers of all estimators that are networks, by their names. */
export function networkTrainers(backend: BackendName): Readonly<Record<string, Trainer>> {
  return Object.fromEntries(
    estimators.flatMap((one) =>
      one.network === undefined ? [] : [[one.name, trainNetworkOn(backend, one)]],
    ),
  );
}

/** @throws RangeError for an estimator that is no network */
export function trainNetworkOn(backend: BackendName, { name, network }: Estimator): Trainer {
  if (network === undefined) throw new RangeError(`${name} is no network`);
  const planOf = ({ train, parameters }: TrainingInput): NetworkPlan => {
    const { task, outputs, features } = train;
    return network({ task, outputs, width: features.width }, parameters);
  };
  return networkTrainer(networkBackendOf(backend), planOf);
}
