/**
 * One column's cells as a file holds them. Texts stay as they were written, packed so that a million rows
 * of twelve columns need little more than the file's own size; numbers that a file stored as numbers stay numbers.
 */
export interface Cells {
  readonly length: number;
  /** The text of a row's cell; the empty text where there is none. */
  at(row: number): string;
  /** Texts of rows `from` up to `to`. */
  slice(from: number, to: number): string[];
  /** All cells as numbers where the file stored numbers, NaN for none; null where it holds texts. */
  readonly numbers: Float64Array | null;
}

/** Rows per block, a power of two: the block of a row is a shift away. */
const BLOCK_BITS = 12;
const BLOCK_ROWS = 1 << BLOCK_BITS;

/** The texts of up to `BLOCK_ROWS` cells in one string, and where each ends in it. */
interface TextBlock {
  readonly text: string;
  readonly ends: Uint32Array;
}

class PackedTexts implements Cells {
  readonly numbers = null;
  readonly length: number;
  readonly #blocks: readonly TextBlock[];

  constructor(blocks: readonly TextBlock[], length: number) {
    this.#blocks = blocks;
    this.length = length;
  }

  at(row: number): string {
    const block = this.#blocks[row >>> BLOCK_BITS];
    const i = row & (BLOCK_ROWS - 1);
    if (block === undefined || i >= block.ends.length) return '';
    return block.text.slice(i === 0 ? 0 : block.ends[i - 1], block.ends[i]);
  }

  slice(from: number, to: number): string[] {
    const length = Math.max(0, Math.min(to, this.length) - from);
    return Array.from({ length }, (_, i) => this.at(from + i));
  }
}

/** Collects a column's texts, row after row. */
export class TextCellsBuilder {
  readonly #blocks: TextBlock[] = [];
  #open: string[] = [];

  push(text: string): void {
    this.#open.push(text);
    if (this.#open.length === BLOCK_ROWS) this.#close();
  }

  finish(): Cells {
    const length = this.#blocks.length * BLOCK_ROWS + this.#open.length;
    if (this.#open.length > 0) this.#close();
    return new PackedTexts(this.#blocks, length);
  }

  #close(): void {
    const ends = new Uint32Array(this.#open.length);
    let end = 0;
    for (const [i, text] of this.#open.entries()) {
      end += text.length;
      ends[i] = end;
    }
    // A joined copy: cells cut out of the file's text would keep all of it in memory.
    this.#blocks.push({ text: this.#open.join(''), ends });
    this.#open = [];
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

  slice(from: number, to: number): string[] {
    return Array.from(this.numbers.subarray(from, to), (_, i) => this.at(from + i));
  }
}

/** @param numbers finite, or NaN for none */
export function numberCells(numbers: Float64Array): Cells {
  return new NumberCells(numbers);
}
