import * as tf from '@tensorflow/tfjs-core';
import type { TrainingSettings } from '#core/networks/training.ts';
import type { NetworkTensors } from '#engine/networks/network.ts';
import type { NetworkVariable } from '#engine/networks/tensors/tensor-stack.ts';

/** What changes variables by their gradients. */
export interface TensorOptimizer {
  /** @param gradients by the variables' names in tfjs. Call inside a tidy. */
  step(gradients: tf.NamedTensorMap, rate: number): void;
  /** What it remembers. */
  state(): Promise<NetworkTensors>;
  /** @param step how many there were */
  restore(state: NetworkTensors, step: number): void;
  free(): void;
}

/** What an optimizer works on. */
export interface OptimizerSite {
  readonly trained: readonly NetworkVariable[];
  readonly settings: TrainingSettings;
}

/** The gradient of a variable, with what the penalty on weights adds to it. */
export function slopeOf(
  { plan, variable }: NetworkVariable,
  gradients: tf.NamedTensorMap,
  penalty: number,
): tf.Tensor {
  const gradient = gradients[variable.name];
  if (gradient === undefined) throw new RangeError(`there is no gradient of ${variable.name}`);
  if (!plan.penalized || penalty === 0) return gradient;
  return tf.add(gradient, tf.mul(variable, penalty));
}
