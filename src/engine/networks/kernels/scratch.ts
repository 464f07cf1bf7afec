import type { Address, KernelMemory } from '#core/kernels/kernel-memory.ts';

/** Room for what is needed only within a call, as much as the layer that needs most. */
export class Scratch {
  #bytes = 0;
  #at: Address | null = null;

  /** Says how much is needed, while the network is built. */
  reserve(bytes: number): void {
    this.#bytes = Math.max(this.#bytes, bytes);
  }

  allocate(memory: KernelMemory): void {
    this.#at = memory.take(this.#bytes);
  }

  get at(): Address {
    if (this.#at === null) throw new RangeError('the scratch memory is not allocated yet');
    return this.#at;
  }
}
