import { codePointsIn, type Cells } from './cells.ts';
import { MOST_COMPARED, type FieldColumn, type FieldText } from './field-text.ts';
import type { DecimalMark } from './normalize.ts';
import { parseBytes } from './parse-bytes.ts';

const CR = 13;
const LF = 10;
const COMMA = 44;
const POINT = 46;

/**
 * One column of a text. No cell is copied or made a string until it is asked for: a million rows cost their
 * file's size and four bytes a cell.
 */
export class ByteCells implements Cells, FieldColumn {
  readonly numbers = null;
  readonly length: number;
  readonly text: FieldText;
  readonly column: number;

  constructor(text: FieldText, column: number) {
    this.text = text;
    this.column = column;
    this.length = text.rows;
  }

  at(row: number): string {
    if (row < 0 || row >= this.length) return '';
    const { bytes, quote, delimiter, hasEscapes } = this.text;
    const start = this.#start(row);
    if (bytes[start] !== quote) return decoded(bytes, start, plainEnd(bytes, start, delimiter));
    const content = decoded(bytes, start + 1, closingQuote(bytes, start + 1, quote));
    if (!hasEscapes) return content;
    const mark = String.fromCharCode(quote);
    return content.replaceAll(mark + mark, mark);
  }

  codePointsAt(row: number): number {
    if (this.text.hasEscapes) return codePointsIn(this.at(row));
    const { bytes, quote, delimiter } = this.text;
    const start = this.#start(row);
    const isQuoted = bytes[start] === quote;
    const from = isQuoted ? start + 1 : start;
    const to = isQuoted ? closingQuote(bytes, from, quote) : plainEnd(bytes, from, delimiter);
    let count = 0;
    // Each code point has one byte that does not continue another.
    for (let i = from; i < to; i += 1) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) count += 1;
    return count;
  }

  isBare(row: number, least: number): boolean {
    const { bytes, quote, delimiter } = this.text;
    const start = this.#start(row);
    const isQuoted = bytes[start] === quote;
    const from = isQuoted ? start + 1 : start;
    const to = isQuoted ? closingQuote(bytes, from, quote) : plainEnd(bytes, from, delimiter);
    const first = bytes[from] ?? 0;
    const last = bytes[to - 1] ?? 0;
    return to - from > least && first > 32 && first < 127 && last > 32 && last < 127;
  }

  slice(from: number, to: number): string[] {
    const length = Math.max(0, Math.min(to, this.length) - from);
    return Array.from({ length }, (_, i) => this.at(from + i));
  }

  #start(row: number): number {
    return this.text.starts[row * this.text.width + this.column] ?? 0;
  }

  /**
   * Reads all cells as numbers: short plain decimals from their bytes (see `parseNumber`, which gives the same),
   * all others through `other`.
   * @param values is filled, one per row
   * @param other the number of a cell that is no short plain decimal; null ends the reading
   * @returns whether it came to the end
   */
  readNumbers(
    values: Float64Array,
    decimal: DecimalMark,
    other: (row: number, text: string) => number | null,
  ): boolean {
    const parsing = this.text.parsing ?? parseBytes;
    const mark = decimal === ',' ? COMMA : POINT;
    for (let row = 0; row < this.length;) {
      // In the same blocks each time, which a kernel need not be told again after a field of another kind.
      const to = Math.min(row - (row % MOST_COMPARED) + MOST_COMPARED, this.length);
      row = parsing.parse(this, row, to, mark, values);
      if (row === to) continue;
      const found = other(row, this.at(row));
      if (found === null) return false;
      values[row] = found;
      row += 1;
    }
    return true;
  }
}

/** Where a field that is not quoted ends. */
function plainEnd(bytes: Uint8Array, start: number, delimiter: number): number {
  let i = start;
  for (;;) {
    const byte = bytes[i] ?? LF;
    if (byte === delimiter || byte === LF || byte === CR) return i;
    i += 1;
  }
}

/** Where the content of a quoted field ends that begins at `start`. */
function closingQuote(bytes: Uint8Array, start: number, quote: number): number {
  let i = start;
  for (;;) {
    if (i >= bytes.length) return i;
    if (bytes[i] === quote) {
      if (bytes[i + 1] !== quote) return i;
      i += 1;
    }
    i += 1;
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** Longer texts are worth a call of the decoder, which costs as much as a hundred characters put together. */
const SHORT = 96;

function decoded(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > SHORT || !isAscii(bytes, start, end)) {
    return decoder.decode(bytes.subarray(start, end));
  }
  let text = '';
  let i = start;
  for (; i + 8 <= end; i += 8) {
    text += String.fromCharCode(
      bytes[i] ?? 0,
      bytes[i + 1] ?? 0,
      bytes[i + 2] ?? 0,
      bytes[i + 3] ?? 0,
      bytes[i + 4] ?? 0,
      bytes[i + 5] ?? 0,
      bytes[i + 6] ?? 0,
      bytes[i + 7] ?? 0,
    );
  }
  for (; i < end; i += 1) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) if ((bytes[i] ?? 0) >= 128) return false;
  return true;
}
