import { ByteCells } from './byte-cells.ts';
import { GrowingBytes, GrowingOffsets } from './growing.ts';

/** One column's cells as a file holds them: its texts as they were written, or the numbers it stored. */
export interface Cells {
  readonly length: number;
  /** The text of a row's cell; the empty text where there is none. */
  at(row: number): string;
  /** Texts of rows `from` up to `to`. */
  slice(from: number, to: number): string[];
  /** Whether a cell has more than `bytes` bytes, and no white space at its ends. */
  isBare(row: number, bytes: number): boolean;
  /** All cells as numbers where the file stored numbers, NaN for none; null where it holds texts. */
  readonly numbers: Float64Array | null;
}

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

  /** @param bytes valid UTF-8 */
  pushUtf8(bytes: Uint8Array): void {
    this.#starts.push(this.#bytes.length);
    this.#bytes.appendCell(QUOTE, bytes, QUOTE, SEPARATOR);
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

class NumberCells implements Cells {
  readonly numbers: Float64Array;

  constructor(numbers: Float64Array) {
    this.numbers = numbers;
  }

  get length(): number {
    return this.numbers.length;
  }

  at(row: number): string {
    const value = this.numbers[row] ?? NaN;
    return Number.isNaN(value) ? '' : String(value);
  }

  isBare(): boolean {
    return false;
  }

  slice(from: number, to: number): string[] {
    return Array.from(this.numbers.subarray(from, to), (_, i) => this.at(from + i));
  }
}

/** @param numbers finite, or NaN for none */
export function numberCells(numbers: Float64Array): Cells {
  return new NumberCells(numbers);
}
