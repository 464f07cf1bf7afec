import type { Address } from '#core/kernels/kernel-memory.ts';
import type { PageMachine } from '#core/kernels/page-kernels.ts';

/** The kernels read and write up to so many bytes behind an end. */
const BEHIND = 16;
/** Values that are unpacked in one go: whole groups of eight. */
const MOST_VALUES = 1 << 14;

interface Room {
  at: Address;
  bytes: number;
}

/** Where pages are unpacked, one after the other in the same place: new memory for each would take longer than that. */
export class PageMemory {
  readonly #machine: PageMachine;
  readonly #values: Address;
  readonly #packed: Room = { at: 0, bytes: 0 };
  readonly #page: Room = { at: 0, bytes: 0 };

  constructor(machine: PageMachine) {
    this.#machine = machine;
    this.#values = machine.memory.take(4 * MOST_VALUES);
  }

  /**
   * Unpacks Snappy.
   * @returns bytes that are valid until the next page is unpacked
   * @throws RangeError where the page is not one of so many bytes
   */
  readonly unpackSnappy = (packed: Uint8Array, size: number): Uint8Array => {
    const { kernels, memory } = this.#machine;
    this.#reserve(this.#packed, packed.length);
    this.#reserve(this.#page, size);
    memory.octets.set(packed, this.#packed.at);
    if (kernels.unpackSnappy(this.#packed.at, packed.length, this.#page.at, size) === 0) {
      throw new RangeError('a page is not compressed as it says');
    }
    return memory.bytes(this.#page.at, size);
  };

  /** Whether bytes stand in this memory, where the next page will. */
  holds(bytes: Uint8Array): boolean {
    return bytes.buffer === this.#machine.memory.wasm.buffer;
  }

  /**
   * Unpacks values of so many bits, the lowest first, which begin at `from` in bytes that this memory holds.
   * @param values is filled
   * @returns the highest of them
   */
  unpackBits(bytes: Uint8Array, from: number, width: number, values: Uint8Array | Uint32Array) {
    const { kernels, memory } = this.#machine;
    let highest = 0;
    for (let done = 0; done < values.length; done += MOST_VALUES) {
      const count = Math.min(MOST_VALUES, values.length - done);
      const at = bytes.byteOffset + from + (done >>> 3) * width;
      const largest = kernels.unpackBits(at, width, count, this.#values) >>> 0;
      if (largest > highest) highest = largest;
      values.set(memory.uint32(this.#values, count), done);
    }
    return highest;
  }

  #reserve(room: Room, bytes: number): void {
    if (bytes + BEHIND <= room.bytes) return;
    room.bytes = Math.ceil(1.25 * bytes) + BEHIND;
    room.at = this.#machine.memory.take(room.bytes);
  }
}
