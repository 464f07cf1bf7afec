import type { Cells } from './cells.ts';

/**
 * A number as its shortest decimal digits; past 2^53 with an exponent, since an integer written out there is taken for an
 * identifier, not a number (see `parseNumber`).
 */
export function textOfNumber(value: number): string {
  return Math.abs(value) > Number.MAX_SAFE_INTEGER && Number.isFinite(value)
    ? value.toExponential()
    : String(value);
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
    return Number.isNaN(value) ? '' : textOfNumber(value);
  }

  isBare(): boolean {
    return false;
  }

  codePointsAt(row: number): number {
    return this.at(row).length;
  }

  slice(from: number, to: number): string[] {
    return Array.from(this.numbers.subarray(from, to), (_, i) => this.at(from + i));
  }
}

/** @param numbers finite, or NaN for none */
export function numberCells(numbers: Float64Array): Cells {
  return new NumberCells(numbers);
}
