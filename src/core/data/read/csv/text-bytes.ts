import type { TextMachine } from '#core/kernels/text-kernels.ts';
import { MOST_HASHED, type HashFields } from '../../byte-cells.ts';
import { GrowingBytes } from '../../growing.ts';

/** A text's bytes, which are added to. */
export interface TextBytes {
  /** The bytes, with unused ones behind `length`; another array once it has grown. */
  readonly all: Uint8Array;
  readonly length: number;
  append(piece: Uint8Array): void;
  finish(): Uint8Array;
  readonly hashFields: HashFields | null;
}

/** A short text, which no kernel needs to be started for. */
export class PlainBytes extends GrowingBytes implements TextBytes {
  readonly hashFields = null;
}

/** The kernel reads up to so many bytes behind a text's end. */
const BEHIND = 16;
const LEAST_ROOM = 1 << 16;

/** A text in a kernel's memory. It is the last thing in there, so that it grows where it is. */
export class KernelBytes implements TextBytes {
  readonly #machine: TextMachine;
  /** Four words a field: where it begins, and what is found. */
  readonly #scratch: number;
  readonly #text: number;
  #room: number;
  length = 0;

  /** @param sizeHint how many bytes there will be, where that is known */
  constructor(machine: TextMachine, sizeHint: number) {
    const { memory } = machine;
    this.#machine = machine;
    this.#scratch = memory.take(16 * MOST_HASHED);
    this.#room = Math.max(LEAST_ROOM, sizeHint + 1 + BEHIND);
    this.#text = memory.take(this.#room);
  }

  get all(): Uint8Array {
    return this.#machine.memory.bytes(this.#text, this.#room);
  }

  append(piece: Uint8Array): void {
    const { memory } = this.#machine;
    const needed = this.length + piece.length + BEHIND;
    if (needed > this.#room) {
      const room = Math.max(needed, Math.ceil(1.2 * this.#room));
      memory.take(room - this.#room);
      this.#room = room;
    }
    memory.octets.set(piece, this.#text + this.length);
    this.length += piece.length;
  }

  finish(): Uint8Array {
    return this.#machine.memory.bytes(this.#text, this.length);
  }

  readonly hashFields: HashFields = ({ text, column }, from, to) => {
    const { kernels, memory } = this.#machine;
    const { starts, width, delimiter, quote } = text;
    const count = to - from;
    const asked = memory.uint32(this.#scratch, count);
    for (let i = 0; i < count; i += 1) asked[i] = starts[(from + i) * width + column] ?? 0;
    const out = this.#scratch + 4 * count;
    kernels.hashFields(this.#text, this.#scratch, count, delimiter, quote, out);
    return memory.int32(out, 3 * count);
  };
}
