import type { Address, KernelMemory } from '#core/kernels/kernel-memory.ts';
import type { Arena } from '#engine/networks/kernels/arena.ts';
import { tensorOf, type NetworkTensors } from '#engine/networks/network.ts';

/** A number for each trained one that an optimizer keeps from step to step, at first 0; they lie as the gradients do. */
export class Remembered {
  readonly at: Address;
  readonly #memory: KernelMemory;
  readonly #name: string;
  readonly #count: number;

  constructor(name: string, memory: KernelMemory, { trained }: Arena) {
    this.at = memory.take(4 * trained);
    this.#memory = memory;
    this.#name = name;
    this.#count = trained;
  }

  state(): NetworkTensors {
    const values = this.#memory.float32(this.at, this.#count).slice();
    return [{ name: this.#name, shape: [this.#count], values }];
  }

  restore(state: NetworkTensors): void {
    const values = tensorOf(state, this.#name, this.#count);
    this.#memory.float32(this.at, this.#count).set(values);
  }
}
