import type { Address, KernelMemory } from '#core/kernels/kernel-memory.ts';
import type { NetworkTensors } from '#engine/networks/network.ts';
import type { TensorPlace } from './kernel-layer.ts';
import { loadTensor, readTensor, storedSize, type StoredTensor } from './stored-tensor.ts';

/**
 * All tensors of a network in one piece of memory: the penalized ones, then the others that are trained, then those that
 * layers keep by themselves. Their gradients lie in another piece in the same places, so that an optimizer goes
 * over all of them at once.
 */
export class Arena {
  readonly at: Address;
  /** Numbers from the beginning on that are penalized, trained, and all. */
  readonly penalized: number;
  readonly trained: number;
  readonly size: number;
  /** Where the gradients begin; 0 where nothing is trained. */
  readonly gradients: Address;
  readonly #memory: KernelMemory;
  readonly #places = new Map<string, Address>();
  readonly #tensors: readonly StoredTensor[];

  /** @param tensors in the order of the network's weights */
  constructor(memory: KernelMemory, tensors: readonly StoredTensor[], trains: boolean) {
    const sizeOf = (some: readonly StoredTensor[]): number =>
      some.reduce((sum, one) => sum + storedSize(one), 0);
    const penalized = tensors.filter(({ plan }) => plan.trained && plan.penalized);
    const free = tensors.filter(({ plan }) => plan.trained && !plan.penalized);
    const kept = tensors.filter(({ plan }) => !plan.trained);
    this.#memory = memory;
    this.#tensors = tensors;
    this.penalized = sizeOf(penalized);
    this.trained = this.penalized + sizeOf(free);
    this.size = this.trained + sizeOf(kept);
    this.at = memory.take(4 * this.size);
    this.gradients = trains ? memory.take(4 * this.trained) : 0;
    let at = this.at;
    for (const stored of [...penalized, ...free, ...kept]) {
      this.#places.set(stored.plan.name, at);
      at += 4 * storedSize(stored);
    }
  }

  place(name: string): TensorPlace {
    const at = this.#places.get(name);
    if (at === undefined) throw new RangeError(`the network has no tensor ${name}`);
    return { at, gradient: at - this.at + this.gradients };
  }

  /** @throws RangeError where a tensor is not among them */
  load(weights: NetworkTensors): void {
    for (const stored of this.#tensors) {
      const { name } = stored.plan;
      const given = weights.find((one) => one.name === name);
      if (given === undefined) throw new RangeError(`there are no weights ${name}`);
      loadTensor(this.#memory, this.place(name).at, stored, given.values);
    }
  }

  read(): NetworkTensors {
    return this.#tensors.map((stored) => {
      const { name, shape } = stored.plan;
      return { name, shape, values: readTensor(this.#memory, this.place(name).at, stored) };
    });
  }
}
