import { ByteCells } from './byte-cells.ts';
import type { Cells } from './cells.ts';
import { parseMeasured, trimmed, type DecimalMark } from './normalize.ts';

/**
 * Reads a column's cells as numbers, NaN for missing.
 * @param values is filled, one per row
 * @param isMissing decides a trimmed text that is no number; false ends the reading
 * @returns whether it came to the end
 */
export function readNumbers(
  cells: Cells,
  values: Float64Array,
  decimal: DecimalMark,
  isMissing: (text: string, row: number) => boolean,
): boolean {
  const read = (row: number, cell: string): number | null => {
    const text = trimmed(cell);
    const value = text === '' ? null : parseMeasured(text, decimal);
    if (value !== null) return value;
    return isMissing(text, row) ? NaN : null;
  };
  if (cells.numbers !== null) return givenNumbers(cells.numbers, values, isMissing);
  if (cells instanceof ByteCells) return cells.readNumbers(values, decimal, read);
  for (let row = 0; row < cells.length; row += 1) {
    const value = read(row, cells.at(row));
    if (value === null) return false;
    values[row] = value;
  }
  return true;
}

/** What a file stored as a number is one, however large; −0 is 0. */
function givenNumbers(
  numbers: Float64Array,
  values: Float64Array,
  isMissing: (text: string, row: number) => boolean,
): boolean {
  for (let row = 0; row < numbers.length; row += 1) {
    const value = numbers[row] ?? NaN;
    values[row] = value + 0;
    if (Number.isNaN(value) && !isMissing('', row)) return false;
  }
  return true;
}
