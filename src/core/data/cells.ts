/** One column's cells as a file holds them: its texts as they were written, or the numbers it stored. */
export interface Cells {
  readonly length: number;
  /** The text of a row's cell; the empty text where there is none. */
  at(row: number): string;
  /** Texts of rows `from` up to `to`. */
  slice(from: number, to: number): string[];
  /** Whether a cell has more than `bytes` bytes, and no white space at its ends. */
  isBare(row: number, bytes: number): boolean;
  /** How many Unicode code points a cell's text has. */
  codePointsAt(row: number): number;
  /** All cells as numbers where the file stored numbers, NaN for none; null where it holds texts. */
  readonly numbers: Float64Array | null;
}

const SURROGATE = /[\uD800-\uDFFF]/;

export function codePointsIn(text: string): number {
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (let i = 0; i < text.length; i += (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1) count += 1;
  return count;
}
