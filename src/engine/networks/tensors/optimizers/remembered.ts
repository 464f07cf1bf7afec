import * as tf from '@tensorflow/tfjs-core';
import { tensorOf, type NetworkTensors } from '#engine/networks/network.ts';
import type { NetworkVariable } from '#engine/networks/tensors/tensor-stack.ts';

/** A tensor for each trained one that an optimizer keeps from step to step, at first of zeros. */
export class Remembered {
  readonly #kept: readonly { readonly name: string; readonly variable: tf.Variable }[];

  /** @param prefix stands before the trained tensors' names in a state */
  constructor(prefix: string, trained: readonly NetworkVariable[]) {
    this.#kept = trained.map(({ plan, variable }) => ({
      name: `${prefix} ${plan.name}`,
      variable: zerosLike(variable),
    }));
  }

  /** @param index of the trained tensor */
  at(index: number): tf.Variable {
    const kept = this.#kept[index];
    if (kept === undefined) throw new RangeError(`there is no trained tensor ${index}`);
    return kept.variable;
  }

  state(): Promise<NetworkTensors> {
    return Promise.all(
      this.#kept.map(async ({ name, variable }) => ({
        name,
        shape: variable.shape,
        values: Float32Array.from(await variable.data()),
      })),
    );
  }

  restore(state: NetworkTensors): void {
    for (const { name, variable } of this.#kept) {
      const values = tensorOf(state, name, variable.size);
      const tensor = tf.tensor(values.slice(), variable.shape);
      variable.assign(tensor);
      tensor.dispose();
    }
  }

  free(): void {
    tf.dispose(this.#kept.map(({ variable }) => variable));
  }
}

/** Made on the CPU: a network that is being built takes nothing of a device yet, and cannot fail by it. */
function zerosLike({ shape }: tf.Variable): tf.Variable {
  const zeros = tf.zeros(shape);
  const made = tf.variable(zeros, false);
  zeros.dispose();
  return made;
}
