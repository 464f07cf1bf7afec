import { runError } from '#core/errors.ts';

/** A place in a kernel's memory, in bytes. */
export type Address = number;

const PAGE = 65_536;
/** One less than there can be: the end of what lies last would be address 2^32, which to the kernels is 0. */
const MOST_PAGES = 65_535;

/** How much may be taken, and the error of who wants so many bytes all the same. */
export interface MemoryLimit {
  readonly bytes: number;
  readonly refusal: (bytes: number) => Error;
}

/**
 * The memory that kernels work in. Room is only ever taken, never given back one by one: a training makes its own
 * memory, and drops it whole.
 */
export class KernelMemory {
  readonly wasm: WebAssembly.Memory;
  /** The whole memory; others take their place when it grows. */
  words: Int32Array;
  doubles: Float64Array;
  longs: BigUint64Array;
  octets: Uint8Array;
  #end = 16;
  #limit: MemoryLimit | null = null;

  /** @param shared whether other threads may have it too; one thread takes room for all */
  constructor(shared = false) {
    this.wasm = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared });
    this.words = new Int32Array(this.wasm.buffer);
    this.doubles = new Float64Array(this.wasm.buffer);
    this.longs = new BigUint64Array(this.wasm.buffer);
    this.octets = new Uint8Array(this.wasm.buffer);
  }

  /** No more than so much may be taken from now on. */
  limit(limit: MemoryLimit): void {
    this.#limit = limit;
  }

  /**
   * Room for so many bytes, zero, at a multiple of 16. Earlier views of the memory may be detached by it.
   * @throws TerrariumError when there is no more, or no more is allowed
   */
  take(bytes: number): Address {
    const start = this.#end;
    const end = Math.ceil((start + bytes) / 16) * 16;
    if (this.#limit !== null && end > this.#limit.bytes) throw this.#limit.refusal(end);
    const missing = Math.ceil((end - this.wasm.buffer.byteLength) / PAGE);
    if (missing > 0) this.#grow(missing);
    this.#end = end;
    return start;
  }

  float32(at: Address, length: number): Float32Array {
    return new Float32Array(this.wasm.buffer, at, length);
  }
  float64(at: Address, length: number): Float64Array {
    return new Float64Array(this.wasm.buffer, at, length);
  }
  uint32(at: Address, length: number): Uint32Array {
    return new Uint32Array(this.wasm.buffer, at, length);
  }
  int32(at: Address, length: number): Int32Array {
    return new Int32Array(this.wasm.buffer, at, length);
  }
  uint64(at: Address, length: number): BigUint64Array {
    return new BigUint64Array(this.wasm.buffer, at, length);
  }
  bytes(at: Address, length: number): Uint8Array {
    return new Uint8Array(this.wasm.buffer, at, length);
  }

  #grow(pages: number): void {
    try {
      this.wasm.grow(pages);
    } catch {
      throw runError(
        'out_of_memory',
        `More than ${Math.floor(this.wasm.buffer.byteLength / 1e6)} MB of working memory are needed, and there is no more.`,
        'Use fewer rows or columns; trees need less with fewer leaves.',
      );
    }
    this.words = new Int32Array(this.wasm.buffer);
    this.doubles = new Float64Array(this.wasm.buffer);
    this.longs = new BigUint64Array(this.wasm.buffer);
    this.octets = new Uint8Array(this.wasm.buffer);
  }
}
