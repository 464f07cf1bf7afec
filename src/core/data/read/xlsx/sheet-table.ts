import type { Doubt, Table } from '../../table.ts';
import { columnNames, MAX_COLUMNS } from '../column-names.ts';
import { SparseColumn, Sparseness } from '../sparse-columns.ts';
import type { SheetRow } from './sheet-rows.ts';

/** Makes columns of a sheet's rows. The first row that has cells names them. */
export class SheetTable {
  readonly #hasHeader: boolean;
  readonly #sparseness = new Sparseness();
  readonly #columns = new Map<number, SparseColumn>();
  readonly #header = new Map<number, string>();
  #headerRow = 0;
  #lastRow = 0;
  #gaps = 0;
  rowCount = 0;

  constructor(hasHeader: boolean) {
    this.#hasHeader = hasHeader;
  }

  get isEmpty(): boolean {
    return this.#headerRow === 0;
  }

  add({ number, columns, texts }: SheetRow): void {
    if (columns.length === 0) return;
    if (this.#lastRow > 0) this.#gaps += number - this.#lastRow - 1;
    this.#lastRow = number;
    if (this.isEmpty) {
      this.#headerRow = number;
      if (this.#hasHeader) {
        columns.forEach((column, i) => this.#header.set(column, texts[i] ?? ''));
        return;
      }
    }
    for (let i = 0; i < columns.length; i += 1) {
      this.#column(columns[i] ?? 0).put(this.rowCount, texts[i] ?? '');
    }
    this.rowCount += 1;
  }

  finish(): { table: Table; doubts: readonly Doubt[] } {
    const places = [...new Set([...this.#header.keys(), ...this.#columns.keys()])].sort(
      (a, b) => a - b,
    );
    const given = places.map((place, i) =>
      this.#hasHeader ? (this.#header.get(place) ?? '') : `column_${i + 1}`,
    );
    const { names, doubts } = columnNames(given, `Row ${this.#headerRow}`);
    const columns = places.map((place) => this.#column(place).finish(this.rowCount));
    const gaps =
      this.#gaps === 0 ? [] : [{ message: `Empty rows between others left out: ${this.#gaps}.` }];
    return { table: { names, columns, rowCount: this.rowCount }, doubts: [...doubts, ...gaps] };
  }

  #column(place: number): SparseColumn {
    let column = this.#columns.get(place);
    if (column === undefined) {
      column = new SparseColumn(this.#sparseness);
      this.#columns.set(place, column);
      if (this.#columns.size > MAX_COLUMNS) this.finish();
    }
    return column;
  }
}
