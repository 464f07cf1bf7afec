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
   * @param startOf where a text begins
   */
  pushPacked(bytes: Uint8Array, count: number, startOf: (i: number) => number): void {
    if (count === 0) return;
    const shift = this.#bytes.length - startOf(0) + 4;
    this.#bytes.append(bytes.subarray(startOf(0) - 4));
    this.#bytes.appendByte(QUOTE);
    this.#bytes.appendByte(SEPARATOR);
    const { all } = this.#bytes;
    for (let i = 0; i < count; i += 1) {
      const start = startOf(i) + shift;
      if (i > 0) {
        all[start - 4] = QUOTE;
        all[start - 3] = SEPARATOR;
      }
      all[start - 1] = QUOTE;
      this.#starts.push(start - 1);
    }
  }

  /** Adds a text that another builder has. */
  pushFrom(other: TextCellsBuilder, row: number): void {
    const { all } = other.#bytes;
    const start = other.#starts.at(row) + 1;
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
