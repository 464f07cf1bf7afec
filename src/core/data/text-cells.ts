import { ByteCells } from './byte-cells.ts';
import type { Cells } from './cells.ts';
import { GrowingBytes, GrowingOffsets } from './growing.ts';

/** Bytes that no UTF-8 has enclose each text and stand between two: line ends inside are then nothing special. */
const QUOTE = 0xfe;
const SEPARATOR = 0xff;
/** What stands between two texts, as a word of four bytes, the third of which nobody reads. */
const BETWEEN = (QUOTE | (SEPARATOR << 8) | (QUOTE << 24)) >>> 0;
const encoder = new TextEncoder();

/** Texts one behind the other, each after four bytes that say its length. */
export interface LengthPrefixed {
  /** Valid UTF-8 but for the lengths. */
  readonly bytes: Uint8Array;
  /** Where each text begins, and where the last one ends. */
  readonly placed: { readonly starts: Uint32Array; readonly end: number };
  /**
   * Writes a word over each length and adds to where each text begins, after which they are nobody else's; false, and
   * nothing is done, where the bytes are not theirs to change.
   */
  readonly overwriteLengths: (word: number, shift: number) => boolean;
}

/** Collects a column's texts, row after row. */
export class TextCellsBuilder {
  readonly #bytes: GrowingBytes;
  readonly #starts = new GrowingOffsets();

  /** @param expected bytes and rows that there will be, as far as is known */
  constructor(expected = { bytes: 0, rows: 0 }) {
    this.#bytes = new GrowingBytes(expected.bytes);
    this.#starts.reserve(expected.rows);
  }

  get length(): number {
    return this.#starts.length;
  }

  push(text: string): void {
    this.pushUtf8(encoder.encode(text));
  }

  /** @param bytes valid UTF-8 between `from` and `to` */
  pushUtf8(bytes: Uint8Array, from = 0, to = bytes.length): void {
    this.#starts.push(this.#bytes.length);
    this.#bytes.appendByte(QUOTE);
    this.#bytes.appendPart(bytes, from, to);
    this.#bytes.appendByte(QUOTE);
    this.#bytes.appendByte(SEPARATOR);
  }

  /** Adds texts as they are, in one piece: marks take the places of lengths. */
  pushPacked(texts: LengthPrefixed): void {
    const { starts, end } = texts.placed;
    const [first] = starts;
    if (first === undefined) return;
    const from = first - 4;
    const shift = this.#bytes.length - from;
    const isMarked = texts.overwriteLengths(BETWEEN, shift - 1);
    this.#bytes.append(texts.bytes.subarray(from, end));
    this.#bytes.appendByte(QUOTE);
    this.#bytes.appendByte(SEPARATOR);
    if (isMarked) {
      this.#starts.append(starts);
      return;
    }
    const { all } = this.#bytes;
    for (let i = 0; i < starts.length; i += 1) {
      const start = (starts[i] ?? 0) + shift;
      // What stands before the first is not its own.
      if (i > 0) {
        all[start - 4] = QUOTE;
        all[start - 3] = SEPARATOR;
      }
      all[start - 1] = QUOTE;
    }
    this.#starts.pushShifted(starts, shift - 1, 0, starts.length);
  }

  /** Adds texts that another builder has: those of its rows from `first` up to `last`. */
  pushFrom(other: TextCellsBuilder, first: number, last = first + 1): void {
    const from = other.#starts.at(first);
    const to = last < other.length ? other.#starts.at(last) : other.#bytes.length;
    const shift = this.#bytes.length - from;
    this.#bytes.appendPart(other.#bytes.all, from, to);
    this.#starts.pushShifted(other.#starts.all, shift, first, last);
  }

  finish(): Cells {
    const text = {
      bytes: this.#bytes.finish(),
      starts: this.#starts.finish(),
      width: 1,
      rows: this.#starts.length,
      delimiter: SEPARATOR,
      quote: QUOTE,
      hasEscapes: false,
    };
    return new ByteCells(text, 0);
  }
}

export function textCells(texts: Iterable<string>): Cells {
  const builder = new TextCellsBuilder();
  for (const text of texts) builder.push(text);
  return builder.finish();
}
