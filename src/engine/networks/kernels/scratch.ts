import type { Address, KernelMemory } from '#core/kernels/kernel-memory.ts';

/** Room for what is needed only within a call, as much as the layer that needs most; as much again for each further lane. */
export class Scratch {
  readonly #lanes: number;
  #bytes = 0;
  #at: Address | null = null;

  /** @param lanes parts of a call that are done at the same time, at most */
  constructor(lanes: number) {
    this.#lanes = lanes;
  }

  /** Says how much is needed, while the network is built. */
  reserve(bytes: number): void {
    this.#bytes = Math.max(this.#bytes, 16 * Math.ceil(bytes / 16));
  }

  allocate(memory: KernelMemory): void {
    this.#at = memory.take(this.#lanes * this.#bytes);
  }

  /** Bytes from a lane's room to the next one's. */
  get step(): number {
    return this.#bytes;
  }

  get at(): Address {
    if (this.#at === null) throw new RangeError('the scratch memory is not allocated yet');
    return this.#at;
  }
}
