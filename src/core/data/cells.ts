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
