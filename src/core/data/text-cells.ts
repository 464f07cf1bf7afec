import { ByteCells } from './byte-cells.ts';
import type { Cells } from './cells.ts';
import { GrowingBytes, GrowingOffsets } from './growing.ts';

/** Bytes that no UTF-8 has enclose each text and stand between two: line ends inside are then nothing special. */
const QUOTE = 0xfe;
const SEPARATOR = 0xff;
const encoder = new TextEncoder();

/** Collects a column's texts, row after row. */
export class TextCellsBuilder {
  readonly #bytes = new GrowingBytes(0);
  readonly #starts = new GrowingOffsets();

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
