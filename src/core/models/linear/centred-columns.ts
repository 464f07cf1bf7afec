import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { SparseRows } from '#core/features/sparse-rows.ts';

/** The features of a matrix, feature after feature, which several problems may share. */
export interface Columns {
  /** @param residual is changed by what is taken from it */
  over(rowWeights: Float64Array, residual: Float64Array): CentredColumns;
}

/** Features less their weighted means, beside the residual of a problem. */
export interface CentredColumns {
  readonly means: Float64Array;
  /** Σ vᵢ(xᵢⱼ − mⱼ)² of each feature. */
  readonly curvatures: Float64Array;
  /** Cells that one look at a feature reads. */
  cellsOf(j: number): number;
  /** Σ vᵢ(xᵢⱼ − mⱼ)rᵢ: how much more of feature j the residual asks for. */
  slope(j: number): number;
  /** Takes so many times the centred feature from the residual, which has to be settled before others read it. */
  take(j: number, share: number): void;
  settle(): void;
}

export function columnsOf(features: FeatureMatrix): Columns {
  return features.sparse === undefined
    ? denseColumns(features)
    : sparseColumns(features.sparse, features.width);
}

function denseColumns({ rows, width, values }: FeatureMatrix): Columns {
  const columns = new Float32Array(values.length);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < width; j += 1) columns[j * rows + i] = values[i * width + j] ?? 0;
  }
  return { over: (rowWeights, residual) => new DenseColumns(columns, rowWeights, residual, width) };
}

class DenseColumns implements CentredColumns {
  readonly means: Float64Array;
  readonly curvatures: Float64Array;
  readonly #columns: Float32Array;
  readonly #rowWeights: Float64Array;
  readonly #residual: Float64Array;
  readonly #rows: number;

  constructor(
    columns: Float32Array,
    rowWeights: Float64Array,
    residual: Float64Array,
    width: number,
  ) {
    this.#columns = columns;
    this.#rowWeights = rowWeights;
    this.#residual = residual;
    this.#rows = residual.length;
    const total = sumOf(rowWeights);
    this.means = Float64Array.from({ length: width }, (_, j) => this.#sum(j) / total);
    this.curvatures = this.means.map((mean, j) => this.#squares(j, mean));
  }

  cellsOf(): number {
    return this.#rows;
  }

  slope(j: number): number {
    const at = j * this.#rows;
    const mean = this.means[j] ?? 0;
    let sum = 0;
    for (let i = 0; i < this.#rows; i += 1) {
      const weighted = (this.#rowWeights[i] ?? 0) * (this.#residual[i] ?? 0);
      sum += ((this.#columns[at + i] ?? 0) - mean) * weighted;
    }
    return sum;
  }

  take(j: number, share: number): void {
    const at = j * this.#rows;
    const mean = this.means[j] ?? 0;
    for (let i = 0; i < this.#rows; i += 1) {
      const x = (this.#columns[at + i] ?? 0) - mean;
      this.#residual[i] = (this.#residual[i] ?? 0) - share * x;
    }
  }

  settle(): void {
    // The residual is up to date after each taking.
  }

  #sum(j: number): number {
    const at = j * this.#rows;
    let sum = 0;
    for (let i = 0; i < this.#rows; i += 1) {
      sum += (this.#columns[at + i] ?? 0) * (this.#rowWeights[i] ?? 0);
    }
    return sum;
  }

  #squares(j: number, mean: number): number {
    const at = j * this.#rows;
    let sum = 0;
    for (let i = 0; i < this.#rows; i += 1) {
      const x = (this.#columns[at + i] ?? 0) - mean;
      sum += x * x * (this.#rowWeights[i] ?? 0);
    }
    return sum;
  }
}

/** Kept cells feature after feature: those of feature j stand from `starts[j]` up to `starts[j + 1]`. */
interface SparseColumns {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float32Array;
}

function sparseColumns(sparse: SparseRows, width: number): Columns {
  const columns = transposed(sparse, width);
  return {
    over: (rowWeights, residual) => new CentredSparseColumns(columns, rowWeights, residual),
  };
}

function transposed({ starts, places, values }: SparseRows, width: number): SparseColumns {
  const ends = new Int32Array(width + 1);
  for (const j of places) ends[j + 1] = (ends[j + 1] ?? 0) + 1;
  for (let j = 0; j < width; j += 1) ends[j + 1] = (ends[j + 1] ?? 0) + (ends[j] ?? 0);
  const next = ends.slice();
  const rows = new Int32Array(places.length);
  const cells = new Float32Array(places.length);
  for (let i = 0; i + 1 < starts.length; i += 1) {
    for (let at = starts[i] ?? 0; at < (starts[i + 1] ?? 0); at += 1) {
      const j = places[at] ?? 0;
      const to = next[j] ?? 0;
      rows[to] = i;
      cells[to] = values[at] ?? 0;
      next[j] = to + 1;
    }
  }
  return { starts: ends, rows, values: cells };
}

/**
 * Centred without a cell more: what the means take from every row of the residual is kept as one number, which all rows
 * have to have added, until it is settled.
 */
class CentredSparseColumns implements CentredColumns {
  readonly means: Float64Array;
  readonly curvatures: Float64Array;
  readonly #columns: SparseColumns;
  readonly #rowWeights: Float64Array;
  readonly #residual: Float64Array;
  /** Σ vᵢrᵢ, which centred features never change. */
  readonly #level: number;
  #shift = 0;

  constructor(columns: SparseColumns, rowWeights: Float64Array, residual: Float64Array) {
    this.#columns = columns;
    this.#rowWeights = rowWeights;
    this.#residual = residual;
    this.#level = residual.reduce((sum, r, i) => sum + r * (rowWeights[i] ?? 0), 0);
    const total = sumOf(rowWeights);
    const width = columns.starts.length - 1;
    this.means = new Float64Array(width);
    this.curvatures = new Float64Array(width);
    for (let j = 0; j < width; j += 1) {
      let [sum, kept] = [0, 0];
      this.#visit(j, (i, x) => {
        sum += (rowWeights[i] ?? 0) * x;
        kept += rowWeights[i] ?? 0;
      });
      const mean = sum / total;
      let squares = 0;
      this.#visit(j, (i, x) => {
        squares += (rowWeights[i] ?? 0) * (x - mean) * (x - mean);
      });
      this.means[j] = mean;
      // A feature that never varies has no zeros, or nothing else.
      this.curvatures[j] = squares + Math.max(0, total - kept) * mean * mean;
    }
  }

  cellsOf(j: number): number {
    return (this.#columns.starts[j + 1] ?? 0) - (this.#columns.starts[j] ?? 0);
  }

  slope(j: number): number {
    const { starts, rows, values } = this.#columns;
    const end = starts[j + 1] ?? 0;
    let sum = 0;
    for (let at = starts[j] ?? 0; at < end; at += 1) {
      const i = rows[at] ?? 0;
      const r = (this.#residual[i] ?? 0) + this.#shift;
      sum += (values[at] ?? 0) * (this.#rowWeights[i] ?? 0) * r;
    }
    return sum - (this.means[j] ?? 0) * this.#level;
  }

  take(j: number, share: number): void {
    const { starts, rows, values } = this.#columns;
    const end = starts[j + 1] ?? 0;
    for (let at = starts[j] ?? 0; at < end; at += 1) {
      const i = rows[at] ?? 0;
      this.#residual[i] = (this.#residual[i] ?? 0) - share * (values[at] ?? 0);
    }
    this.#shift += share * (this.means[j] ?? 0);
  }

  settle(): void {
    for (let i = 0; i < this.#residual.length; i += 1) {
      this.#residual[i] = (this.#residual[i] ?? 0) + this.#shift;
    }
    this.#shift = 0;
  }

  #visit(j: number, see: (row: number, value: number) => void): void {
    const { starts, rows, values } = this.#columns;
    for (let at = starts[j] ?? 0; at < (starts[j + 1] ?? 0); at += 1) {
      see(rows[at] ?? 0, values[at] ?? 0);
    }
  }
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
