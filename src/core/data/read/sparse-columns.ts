import { inputError } from '#core/errors.ts';
import type { Cells } from '../cells.ts';
import { TextCellsBuilder } from '../text-cells.ts';

/** Cells that no row names: a row of two bytes must not take the memory of ten thousand cells. */
const MAX_ABSENT = 100_000_000;
/** Beyond this many, there must be one value for every 50 of them. */
const HARMLESS_ABSENT = 5_000_000;

/** Counts the cells that are there and those that are not, over all columns of a table. */
export class Sparseness {
  #absent = 0;
  #present = 0;

  /** @throws TerrariumError where the table would be nearly empty, and huge */
  count(absent: number, present: number): void {
    this.#absent += absent;
    this.#present += present;
    if (this.#absent <= Math.min(MAX_ABSENT, Math.max(HARMLESS_ABSENT, 50 * this.#present))) return;
    throw inputError(
      'too_sparse',
      'Rows lack so many of the columns that other rows have, that the table would be nearly empty.',
      'Keep rows of one kind in one file.',
    );
  }
}

/** The texts of one column, row after row, with empty cells in the rows that have none. */
export class SparseColumn {
  readonly #cells = new TextCellsBuilder();
  readonly #sparseness: Sparseness;
  #rows = 0;

  constructor(sparseness: Sparseness) {
    this.#sparseness = sparseness;
  }

  /** @param row from 0, past all rows that were put before */
  put(row: number, text: string): void {
    this.#fill(row);
    this.#cells.push(text);
    this.#rows = row + 1;
    this.#sparseness.count(0, 1);
  }

  finish(rows: number): Cells {
    this.#fill(rows);
    return this.#cells.finish();
  }

  #fill(rows: number): void {
    this.#sparseness.count(rows - this.#rows, 0);
    for (; this.#rows < rows; this.#rows += 1) this.#cells.push('');
  }
}
