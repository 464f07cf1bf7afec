import { startTextMachine, type TextMachine } from '#core/kernels/text-kernels.ts';
import {
  MOST_COMPARED,
  type FieldColumn,
  type FieldComparison,
  type FieldParsing,
} from '../../field-text.ts';
import { GrowingBytes } from '../../growing.ts';
import type { FileBytes } from '../reader.ts';

/** Bytes that a text is told apart by. */
export interface Marks {
  readonly delimiter: number;
  /** -1 where nothing encloses fields. */
  readonly quote: number;
}

/** A text's bytes, which are added to. */
export interface TextBytes {
  /** The bytes, with unused ones behind `length`; another array once it has grown. */
  readonly all: Uint8Array;
  readonly length: number;
  append(piece: Uint8Array): void;
  finish(): Uint8Array;
  /**
   * The offsets of delimiters, quotes and line ends from `from` up to `to`, at most `MARKED` bytes behind it, in
   * order: valid until the next call.
   */
  marksIn(from: number, to: number, marks: Marks): Uint32Array;
  readonly comparison: FieldComparison | null;
  readonly parsing: FieldParsing | null;
}

/** Bytes that are searched for marks in one go, at most. */
export const MARKED = 1 << 14;

const LF = 10;
const CR = 13;

/** A short text, which no kernel needs to be started for. */
export class PlainBytes extends GrowingBytes implements TextBytes {
  readonly comparison = null;
  readonly parsing = null;

  marksIn(from: number, to: number, { delimiter, quote }: Marks): Uint32Array {
    const found = new Uint32Array(to - from);
    let count = 0;
    for (let at = from; at < to; at += 1) {
      const byte = this.all[at] ?? 0;
      if (byte === delimiter || byte === quote || byte === LF || byte === CR) {
        found[count] = at;
        count += 1;
      }
    }
    return found.subarray(0, count);
  }
}

/** Where a file's text goes; one that is no longer than its head is read sooner than kernels start. */
export async function textBytesFor({ complete, sizeHint }: FileBytes): Promise<TextBytes> {
  return complete ? new PlainBytes(sizeHint) : new KernelBytes(await startTextMachine(), sizeHint);
}

/** The kernel reads up to so many bytes behind a text's end. */
const BEHIND = 16;
const LEAST_ROOM = 1 << 16;

/** A text in a kernel's memory. It is the last thing in there, so that it grows where it is. */
export class KernelBytes implements TextBytes, FieldComparison, FieldParsing {
  readonly #machine: TextMachine;
  /** Four words a field, where it begins and what is found, or one a mark. */
  readonly #scratch: number;
  readonly #text: number;
  #room: number;
  readonly comparison = this;
  readonly exactBytes = 8;
  readonly parsing = this;
  /** Whose fields' starts stand in `#scratch`, and from which row up to which. */
  #asked: { readonly cells: FieldColumn; readonly from: number; readonly to: number } | null = null;
  length = 0;

  /** @param sizeHint how many bytes there will be, where that is known */
  constructor(machine: TextMachine, sizeHint: number) {
    const { memory } = machine;
    this.#machine = machine;
    this.#scratch = memory.take(Math.max(16 * MOST_COMPARED, 4 * MARKED));
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

  marksIn(from: number, to: number, { delimiter, quote }: Marks): Uint32Array {
    const { kernels, memory } = this.#machine;
    const out = this.#scratch;
    this.#asked = null;
    const count = kernels.findMarks(this.#text, from, to, delimiter, quote, out);
    return memory.uint32(out, count);
  }

  hash(cells: FieldColumn, from: number, to: number): Int32Array {
    const { kernels, memory } = this.#machine;
    const { delimiter, quote } = cells.text;
    const count = to - from;
    this.#ask(cells, from, to);
    const out = this.#scratch + 4 * count;
    kernels.hashFields(this.#text, this.#scratch, count, delimiter, quote, out);
    return memory.int32(out, 3 * count);
  }

  areSame(cells: FieldColumn, from: number, others: Uint32Array): boolean {
    const { kernels, memory } = this.#machine;
    const { delimiter, quote } = cells.text;
    this.#asked = null;
    const pairs = memory.uint32(this.#scratch, 2 * others.length);
    for (let i = 0; i < others.length; i += 1) {
      pairs[2 * i] = startOf(cells, from + i);
      pairs[2 * i + 1] = startOf(cells, others[i] ?? 0);
    }
    const count = others.length;
    return kernels.areSame(this.#text, this.#scratch, count, delimiter, quote) !== 0;
  }

  parse(cells: FieldColumn, from: number, to: number, mark: number, values: Float64Array): number {
    const { kernels, memory } = this.#machine;
    const { delimiter, quote } = cells.text;
    const asked = this.#asked;
    const isAsked = asked?.cells === cells && asked.from <= from && asked.to === to;
    if (!isAsked) this.#ask(cells, from, to);
    const starts = this.#scratch + 4 * (from - (isAsked ? asked.from : from));
    const out = this.#scratch + 4 * MOST_COMPARED;
    const count = to - from;
    const read = kernels.readNumbers(this.#text, starts, count, delimiter, quote, mark, out);
    values.set(memory.float64(out, read), from);
    return from + read;
  }

  /** Puts where fields begin into the kernel's memory. */
  #ask(cells: FieldColumn, from: number, to: number): void {
    const { starts, width } = cells.text;
    const asked = this.#machine.memory.uint32(this.#scratch, to - from);
    let at = from * width + cells.column;
    for (let i = 0; i < asked.length; i += 1) {
      asked[i] = starts[at] ?? 0;
      at += width;
    }
    this.#asked = { cells, from, to };
  }
}

function startOf({ text, column }: FieldColumn, row: number): number {
  return text.starts[row * text.width + column] ?? 0;
}
