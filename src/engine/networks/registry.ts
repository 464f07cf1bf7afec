import type { BackendName } from '#core/engine.ts';
import type { Estimator, Trainer } from '#core/models/estimator.ts';
import { estimators } from '#core/models/registry.ts';
import type { RateFinder } from '#core/networks/rate-finder.ts';
import { findRateOn } from './find-rate.ts';
import { kernelBackend } from './kernels/kernel-network.ts';
import type { NetworkBackend } from './network.ts';
import type { PlanOf } from './network-start.ts';
import { gpuBackend } from '#engine/wgsl/gpu-backend.ts';
import { tensorBackend } from './tensors/tensor-network.ts';
import { networkTrainer } from './train-network.ts';

/** What trains networks: our own kernels and shaders, which are many times as fast as tfjs for small tables. */
export function networkBackendOf(backend: BackendName): NetworkBackend {
  return { webgpu: gpuBackend, wasm: kernelBackend, cpu: tensorBackend }[backend];
}

/** The trainers of all estimators that are networks, by their names. */
export function networkTrainers(backend: BackendName): Readonly<Record<string, Trainer>> {
  return forNetworks((one) => trainNetworkOn(backend, one));
}

/** What finds their learning rates. */
export function networkRateFinders(backend: BackendName): Readonly<Record<string, RateFinder>> {
  return forNetworks((one) => findRateOn(networkBackendOf(backend), planOf(one)));
}

function forNetworks<Made>(make: (one: Estimator) => Made): Readonly<Record<string, Made>> {
  return Object.fromEntries(
    estimators.flatMap((one) => (one.network === undefined ? [] : [[one.name, make(one)]])),
  );
}

/** @throws RangeError for an estimator that is no network */
export function trainNetworkOn(backend: BackendName, estimator: Estimator): Trainer {
  const train = networkTrainer(networkBackendOf(backend), planOf(estimator));
  const { finish } = estimator;
  return finish === undefined ? train : finished(train, finish);
}

/** The layers of an estimator that is a network, for what it is trained on. */
function planOf({ name, network }: Estimator): PlanOf {
  if (network === undefined) throw new RangeError(`${name} is no network`);
  return ({ train, parameters }) => {
    const { task, outputs, features } = train;
    const { width, image, categories, tokens, sequence } = features;
    const seen = {
      ...(image && { image }),
      ...(categories && { categories }),
      ...(tokens && { tokens }),
      ...(sequence && { sequence }),
    };
    return network({ task, outputs, width, ...seen }, parameters);
  };
}

/** Hands the trained network to its estimator, which makes more of it. */
function finished(train: Trainer, finish: NonNullable<Estimator['finish']>): Trainer {
  return async function* (input) {
    const network = yield* train(input);
    try {
      return await finish(network, input);
    } catch (thrown) {
      network.dispose();
      throw thrown;
    }
  };
}
