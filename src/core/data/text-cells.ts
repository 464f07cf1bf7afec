import { ByteCells, closingQuote } from './byte-cells.ts';
import type { Cells } from './cells.ts';
import { GrowingBytes, GrowingOffsets } from './growing.ts';

/** Bytes that no UTF-8 has enclose each text and stand between two: line ends inside are then nothing special. */
const QUOTE = 0xfe;
const SEPARATOR = 0xff;
const encoder = new TextEncoder();

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

  /**
   * Adds texts that stand one behind the other, each after four bytes that say its length: they are copied as they
   * are, and marks take the places of lengths.
   * @param bytes valid UTF-8 but for the lengths
   * @param starts where each text begins
   * @param end where the last one ends
   */
  pushPacked(
    bytes: Uint8Array,
    { starts, end }: { readonly starts: Uint32Array; readonly end: number },
  ): void {
    const [first] = starts;
    if (first === undefined) return;
    const from = first - 4;
    const shift = this.#bytes.length - from;
    this.#bytes.append(bytes.subarray(from, end));
    this.#bytes.appendByte(QUOTE);
    this.#bytes.appendByte(SEPARATOR);
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
    this.#starts.pushShifted(starts, shift - 1);
  }

  /** Adds a text that another builder has. */
  pushFrom(other: TextCellsBuilder, row: number): void {
    const start = other.#starts.at(row) + 1;
    const { all } = other.#bytes;
    this.pushUtf8(all, start, closingQuote(all, start, QUOTE));
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
