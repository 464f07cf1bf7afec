import { ByteCells } from './byte-cells.ts';
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

  /** Adds a text that another builder has. */
  pushFrom(other: TextCellsBuilder, row: number): void {
    const start = other.#starts.at(row);
    const isLast = row === other.length - 1;
    const end = isLast ? other.#bytes.length : other.#starts.at(row + 1);
    this.pushUtf8(other.#bytes.all, start + 1, end - 2);
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
