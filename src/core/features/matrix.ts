import type { SparseRows } from './sparse-rows.ts';

/**
 * A row-major matrix of float32 features, shape [rows, width]: what every estimator reads. NaN is a missing value, which
 * only estimators that accept it see.
 */
export interface FeatureMatrix {
  readonly rows: number;
  readonly width: number;
  /** Every cell. Where `sparse` is there, they are written out the first time that somebody asks for them, and kept. */
  readonly values: Float32Array;
  /** Where nearly all cells are 0: the others. */
  readonly sparse?: SparseRows;
  /** Per feature, how many categories its codes 0, 1, … stand for, or 0 for a number; all are numbers where absent. */
  readonly categories?: Int32Array;
  /** One name per feature, for example `bill_length_mm` or `island=Dream`. */
  readonly names: readonly string[];
  /** Where the features are the pixels of one image and nothing else: its shape. A row is laid out [height, width, channels]. */
  readonly image?: ImageShape;
  /** Where the features are codes of the words of one text and nothing else. */
  readonly tokens?: TokenShape;
  /** Where the features are one sequence and nothing else: its shape. A row is laid out [length, channels]. */
  readonly sequence?: SequenceShape;
}

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  /** 1 for grey, 3 for red, green and blue. */
  readonly channels: number;
}

/** Words of a text, one after the other. */
export interface TokenShape {
  /** Places for words. */
  readonly length: number;
  /** How many codes there are: 0 for a place without a word, 1 for a word that is not known, and one for each that is. */
  readonly codes: number;
}

export interface SequenceShape {
  /** Positions, the first one first. */
  readonly length: number;
  /** Numbers of each position. */
  readonly channels: number;
}

/** What the features are as a whole, for models that look at more than one by one. */
export type Arrangement = Pick<FeatureMatrix, 'image' | 'sequence'>;

export type MatrixShape = Arrangement &
  Pick<FeatureMatrix, 'rows' | 'width' | 'names' | 'categories' | 'tokens'>;

/** A matrix that keeps only the cells that are not 0. */
export function sparseMatrix(shape: MatrixShape, sparse: SparseRows): FeatureMatrix {
  let written: Float32Array | undefined;
  return {
    ...shape,
    sparse,
    get values() {
      written ??= writtenOut(shape, sparse);
      return written;
    },
  };
}

/** The shape of a matrix, for one with other cells. */
export function shapeOf(matrix: FeatureMatrix): MatrixShape {
  const { rows, width, names, categories, image, tokens, sequence } = matrix;
  return {
    rows,
    width,
    names,
    ...(categories !== undefined && { categories }),
    ...(image !== undefined && { image }),
    ...(tokens !== undefined && { tokens }),
    ...(sequence !== undefined && { sequence }),
  };
}

/** A cell, by row and feature. */
export interface Cell {
  readonly row: number;
  readonly feature: number;
  readonly value: number;
}

/** The first cell with a value like this, which 0 is not; null where there is none. */
export function firstCell(
  matrix: FeatureMatrix,
  isLike: (value: number, feature: number) => boolean,
): Cell | null {
  const { sparse, width } = matrix;
  const values = sparse?.values ?? matrix.values;
  const featureAt = (at: number): number => sparse?.places[at] ?? at % width;
  const at = values.findIndex((value, place) => isLike(value, featureAt(place)));
  if (at < 0) return null;
  const value = values[at] ?? NaN;
  const row = sparse?.starts.findLastIndex((start) => start <= at) ?? Math.floor(at / width);
  return { row, feature: featureAt(at), value };
}

/** Visits every cell, row after row; of sparse features those that are kept, since the others are 0. */
export function forEachCell(
  matrix: FeatureMatrix,
  see: (row: number, feature: number, value: number) => void,
): void {
  const { rows, width, sparse } = matrix;
  if (sparse === undefined) {
    const { values } = matrix;
    for (let i = 0; i < rows; i += 1) {
      for (let j = 0; j < width; j += 1) see(i, j, values[i * width + j] ?? 0);
    }
    return;
  }
  for (let i = 0; i < rows; i += 1) {
    for (let at = sparse.starts[i] ?? 0; at < (sparse.starts[i + 1] ?? 0); at += 1) {
      see(i, sparse.places[at] ?? 0, sparse.values[at] ?? 0);
    }
  }
}

/** The given rows, in that order; one may come several times. */
export function takeMatrixRows(matrix: FeatureMatrix, chosen: Int32Array): FeatureMatrix {
  const shape = { ...shapeOf(matrix), rows: chosen.length };
  const { sparse, width } = matrix;
  if (sparse !== undefined) return sparseMatrix(shape, takeSparseRows(sparse, chosen));
  const values = new Float32Array(chosen.length * width);
  for (const [i, row] of chosen.entries()) {
    values.set(matrix.values.subarray(row * width, (row + 1) * width), i * width);
  }
  return { ...shape, values };
}

function takeSparseRows({ starts, places, values }: SparseRows, chosen: Int32Array): SparseRows {
  const taken = new Int32Array(chosen.length + 1);
  for (const [i, row] of chosen.entries()) {
    taken[i + 1] = (taken[i] ?? 0) + (starts[row + 1] ?? 0) - (starts[row] ?? 0);
  }
  const cells = taken[chosen.length] ?? 0;
  const found = {
    starts: taken,
    places: new Int32Array(cells),
    values: new Float32Array(cells),
  };
  for (const [i, row] of chosen.entries()) {
    const [from, to] = [starts[row] ?? 0, starts[row + 1] ?? 0];
    found.places.set(places.subarray(from, to), taken[i] ?? 0);
    found.values.set(values.subarray(from, to), taken[i] ?? 0);
  }
  return found;
}

function writtenOut({ rows, width }: MatrixShape, sparse: SparseRows): Float32Array {
  const cells = new Float32Array(rows * width);
  for (let i = 0; i < rows; i += 1) {
    for (let at = sparse.starts[i] ?? 0; at < (sparse.starts[i + 1] ?? 0); at += 1) {
      cells[i * width + (sparse.places[at] ?? 0)] = sparse.values[at] ?? 0;
    }
  }
  return cells;
}
