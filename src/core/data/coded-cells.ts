import type { Cells } from './cells.ts';

/** One column as its distinct texts, and which of them each row holds: what a file with dictionaries gives. */
export class CodedCells implements Cells {
  readonly numbers = null;
  /** Distinct, in any order. */
  readonly texts: Cells;
  /** Index of each row's text. */
  readonly codes: Uint32Array;

  constructor(texts: Cells, codes: Uint32Array) {
    this.texts = texts;
    this.codes = codes;
  }

  get length(): number {
    return this.codes.length;
  }

  at(row: number): string {
    const code = this.codes[row];
    return code === undefined ? '' : this.texts.at(code);
  }

  isBare(row: number, bytes: number): boolean {
    return this.texts.isBare(this.codes[row] ?? 0, bytes);
  }

  codePointsAt(row: number): number {
    return this.texts.codePointsAt(this.codes[row] ?? 0);
  }

  slice(from: number, to: number): string[] {
    return Array.from(this.codes.subarray(from, to), (code) => this.texts.at(code));
  }
}
