import type { Cells } from './cells.ts';

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
