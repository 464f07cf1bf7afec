import type { BackendName } from '#core/engine.ts';
import type { Trainer } from '#core/models/estimator.ts';
import { kernelBackend } from './kernel-network.ts';
import { tensorBackend } from './tensor-network.ts';
import { mlpTrainer } from './train-mlp.ts';

const onKernels = mlpTrainer(kernelBackend);
const onTensors = mlpTrainer(tensorBackend);

/** The trainer of the estimator `mlp`: on wasm our own kernels, which are many times as fast as tfjs for small tables. */
export function trainMlpOn(backend: BackendName): Trainer {
  return backend === 'wasm' ? onKernels : onTensors;
}
