import type { NumericFeature } from './column.ts';

/** Rows of which only the cells that are not 0 are kept: those of row i stand from `starts[i]` up to `starts[i + 1]`. */
export interface SparseRows<Values extends Float32Array | Float64Array = Float32Array> {
  /** [rows + 1] */
  readonly starts: Int32Array;
  /** The feature of each cell, ascending within a row. */
  readonly places: Int32Array;
  readonly values: Values;
}

/** Numeric features side by side, most of them 0 in any row: what a step makes that would be too wide as columns. */
export interface SparseFeatures {
  readonly kind: 'sparse';
  /** One per feature. */
  readonly names: readonly string[];
  readonly rows: SparseRows<Float64Array>;
}

/** Writes rows one after the other; room for their cells grows as it is needed. */
export class SparseRowsWriter {
  readonly #starts: Int32Array;
  #places: Int32Array;
  #values: Float64Array;
  #row = 0;
  #cells = 0;

  /** @param cells about how many there will be */
  constructor(rows: number, cells = rows) {
    this.#starts = new Int32Array(rows + 1);
    this.#places = new Int32Array(cells);
    this.#values = new Float64Array(cells);
  }

  /** Adds a cell to the row that is being written; places ascend. */
  add(place: number, value: number): void {
    if (this.#cells === this.#places.length) this.#grow();
    this.#places[this.#cells] = place;
    this.#values[this.#cells] = value;
    this.#cells += 1;
  }

  /** Adds a row of cells by their places, each divided by a number, without those that are 0. */
  addRow(cells: ReadonlyMap<number, number>, divisor: number): void {
    for (const place of Int32Array.from(cells.keys()).sort()) {
      const value = cells.get(place) ?? 0;
      if (value !== 0) this.add(place, value / divisor);
    }
    this.endRow();
  }

  endRow(): void {
    this.#row += 1;
    this.#starts[this.#row] = this.#cells;
  }

  finish(): SparseRows<Float64Array> {
    return {
      starts: this.#starts,
      places: this.#places.slice(0, this.#cells),
      values: this.#values.slice(0, this.#cells),
    };
  }

  #grow(): void {
    const room = 2 * this.#cells + 16;
    const [places, values] = [new Int32Array(room), new Float64Array(room)];
    places.set(this.#places);
    values.set(this.#values);
    [this.#places, this.#values] = [places, values];
  }
}

/** Names of features that have none of their own: `#1`, `#2`, … */
export function numberedNames(column: string, width: number): readonly string[] {
  return Array.from({ length: width }, (_, place) => `${column} #${place + 1}`);
}

/** The same features as columns, for whatever needs every cell. */
export function columnsOfSparse(all: readonly SparseFeatures[]): NumericFeature[] {
  return all.flatMap(({ names, rows: { starts, places, values } }) => {
    const rows = starts.length - 1;
    const columns = names.map((name) => ({
      kind: 'numeric' as const,
      name,
      values: new Float64Array(rows),
    }));
    for (let i = 0; i < rows; i += 1) {
      for (let at = starts[i] ?? 0; at < (starts[i + 1] ?? 0); at += 1) {
        const column = columns[places[at] ?? -1];
        if (column !== undefined) column.values[i] = values[at] ?? 0;
      }
    }
    return columns;
  });
}
