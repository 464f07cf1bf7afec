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

/** Where texts stand in a page. */
export interface PlacedTexts {
  /** Where each begins. */
  readonly starts: Uint32Array;
  /** Where the last one ends. */
  readonly end: number;
  /** Whether no byte of them, or of their lengths, is above 127, so that all are UTF-8. */
  readonly isAscii: boolean;
}

/** Where pages are unpacked, one after the other in the same place: new memory for each would take longer than that. */
export class PageMemory {
  readonly #machine: PageMachine;
  readonly #values: Address;
  readonly #packed: Room = { at: 0, bytes: 0 };
  readonly #page: Room = { at: 0, bytes: 0 };
  /** What is found in the page: no more bytes than the page has, so that it need not grow while the page is read. */
  readonly #found: Room = { at: 0, bytes: 0 };

  #numbers = new Uint32Array(0);

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
    this.#reserve(this.#found, size);
    memory.octets.set(packed, this.#packed.at);
    if (kernels.unpackSnappy(this.#packed.at, packed.length, this.#page.at, size) === 0) {
      throw new RangeError('a page is not compressed as it says');
    }
    return memory.bytes(this.#page.at, size);
  };

  /** Room for so many numbers, in the place of those before. */
  numbers(count: number): Uint32Array {
    if (this.#numbers.length < count) this.#numbers = new Uint32Array(Math.ceil(1.25 * count));
    return this.#numbers.subarray(0, count);
  }

  /** Whether bytes stand in this memory, where the next page will. */
  holds(bytes: ArrayBufferView): boolean {
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

  /**
   * Where texts begin in a page that this memory holds, each after four bytes that say its length.
   * @param from place of the first length
   * @returns places in the page, valid until the next page is unpacked
   * @throws RangeError where a text would reach past the page
   */
  placeTexts(page: Uint8Array, from: number, count: number): PlacedTexts {
    const { kernels, memory } = this.#machine;
    const { byteOffset: at, length } = page;
    const end = kernels.placeTexts(at, from, length, count, this.#found.at);
    if (end === 0 && count > 0) throw new RangeError('a text is longer than its page');
    const isAscii = kernels.areAscii(at + from, length - from) === 1;
    return { starts: memory.uint32(this.#found.at, count), end, isAscii };
  }

  /**
   * Writes a word over the length before each text, and adds to where each begins: they are no `PlacedTexts` any more.
   * @param starts as `placeTexts` found them in that page
   */
  overwriteLengths(page: Uint8Array, starts: Uint32Array, word: number, shift: number): void {
    const { byteOffset: at, length } = starts;
    this.#machine.kernels.overwriteLengths(page.byteOffset, at, length, word, shift);
  }

  /**
   * Integers that this memory holds as numbers, valid until the next page is unpacked; null where one is past 2^53.
   */
  exactIntegers({ byteOffset, length }: BigInt64Array, unsigned: boolean): Float64Array | null {
    const { kernels, memory } = this.#machine;
    const out = this.#found.at;
    const isExact = kernels.exactIntegers(byteOffset, length, unsigned ? 1 : 0, out) === 1;
    return isExact ? memory.float64(out, length) : null;
  }

  /**
   * Times that this memory holds as milliseconds, valid until the next page is unpacked; null where one is no whole
   * second, or past what is allowed.
   * @param unit how many of the stored units make one second
   */
  wholeSeconds(
    { byteOffset, length }: BigInt64Array,
    unit: number,
    { first, last }: { readonly first: number; readonly last: number },
  ): Float64Array | null {
    const { kernels, memory } = this.#machine;
    const out = this.#found.at;
    const areWhole = kernels.wholeSeconds(byteOffset, length, unit, first, last, out) === 1;
    return areWhole ? memory.float64(out, length) : null;
  }

  #reserve(room: Room, bytes: number): void {
    if (bytes + BEHIND <= room.bytes) return;
    room.bytes = Math.ceil(1.25 * bytes) + BEHIND;
    room.at = this.#machine.memory.take(room.bytes);
  }
}
