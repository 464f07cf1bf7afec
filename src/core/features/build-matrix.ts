import { inputError } from '#core/errors.ts';
import type { FeatureColumn } from './column.ts';
import { pixelNames, pixelsEach, writePixels, type ImageColumn } from './images/image-column.ts';
import { sparseMatrix, type Arrangement, type FeatureMatrix, type TokenShape } from './matrix.ts';
import { MOST_CELLS } from './refuse-too-many.ts';
import type { SparseFeatures, SparseRows } from './sparse-rows.ts';

/** A matrix is sparse from so many features on, where at most this share of its cells is not 0. */
const SPARSE_FEATURES = 1000;
const SPARSE_SHARE = 0.1;
/** A cell that is kept with its place takes twice the room. */
const MOST_KEPT = MOST_CELLS / 2;

/** What steps give to the model: columns, features that come sparse, and the pixels of images. */
export type StepFeatures = FeatureColumn | SparseFeatures | ImageColumn;

export function widthOf(features: readonly StepFeatures[]): number {
  return features.reduce((sum, one) => {
    if (one.kind === 'image') return sum + pixelsEach(one);
    return sum + (one.kind === 'sparse' ? one.names.length : 1);
  }, 0);
}

export function namesOf(features: readonly StepFeatures[]): readonly string[] {
  return features.flatMap((one): string | readonly string[] => {
    if (one.kind === 'image') return pixelNames(one);
    return one.kind === 'sparse' ? one.names : one.name;
  });
}

/** Whether a matrix keeps only the cells that are not 0. */
export type MatrixForm = 'dense' | 'sparse';

/**
 * Which form a matrix of these features has. It follows from the features alone, so that a run makes the same matrix on
 * every machine: sparse where there are many and most cells are 0, or where more than half are and not all would fit.
 * Images are dense, however black.
 */
export function formOf(features: readonly StepFeatures[], rows: number): MatrixForm {
  const width = widthOf(features);
  if (width < SPARSE_FEATURES || features.some(({ kind }) => kind === 'image')) return 'dense';
  const [cells, kept] = [rows * width, countKept(features)];
  const isTooMany = cells > MOST_CELLS && kept <= MOST_KEPT;
  return kept <= SPARSE_SHARE * cells || isTooMany ? 'sparse' : 'dense';
}

/**
 * Features side by side.
 * @param names one per feature
 * @param arrangement what they are as a whole
 * @throws TerrariumError where they do not fit into memory, or are no numbers
 */
export function buildMatrix(
  features: readonly StepFeatures[],
  rows: number,
  names: readonly string[],
  form: MatrixForm,
  arrangement: Arrangement = {},
): FeatureMatrix {
  const width = names.length;
  if (features.some(({ kind }) => kind === 'sparse' || kind === 'image')) {
    const most = form === 'sparse' ? MOST_KEPT : MOST_CELLS;
    const cells = form === 'sparse' ? countKept(features) : rows * width;
    if (cells > most) throw tooManyCells(rows, width, cells, most);
  }
  const categories = new Int32Array(width);
  let place = 0;
  for (const one of features) {
    if (one.kind === 'text') throw new TypeError(`${one.name} is not numeric`);
    if (one.kind === 'numeric') categories[place] = one.categories ?? 0;
    place += widthOf([one]);
  }
  const tokens = tokensOf(features);
  const shape = {
    ...{ rows, width, names },
    ...(categories.some((count) => count > 0) && { categories }),
    ...arrangement,
    ...(tokens !== undefined && { tokens }),
  };
  return form === 'sparse'
    ? sparseMatrix(shape, sparseCells(features, rows))
    : { ...shape, values: denseCells(features, rows, width) };
}

/** Where the features are the words of one text and nothing else: its places and codes. */
function tokensOf(features: readonly StepFeatures[]): TokenShape | undefined {
  const marks = features.map((one) => (one.kind === 'numeric' ? one.tokens : undefined));
  const [first] = marks;
  return first !== undefined && marks.every((mark) => mark?.column === first.column)
    ? { length: marks.length, codes: first.codes }
    : undefined;
}

function denseCells(features: readonly StepFeatures[], rows: number, width: number): Float32Array {
  const cells = new Float32Array(rows * width);
  let first = 0;
  for (const one of features) {
    if (one.kind === 'numeric') {
      for (let i = 0; i < rows; i += 1) cells[i * width + first] = one.values[i] ?? NaN;
    } else if (one.kind === 'image') {
      for (let i = 0; i < rows; i += 1) writePixels(one, i, cells, i * width + first);
    } else if (one.kind === 'sparse') {
      const { starts, places, values } = one.rows;
      for (let i = 0; i < rows; i += 1) {
        for (let at = starts[i] ?? 0; at < (starts[i + 1] ?? 0); at += 1) {
          cells[i * width + first + (places[at] ?? 0)] = values[at] ?? 0;
        }
      }
    }
    first += widthOf([one]);
  }
  return cells;
}

function sparseCells(features: readonly StepFeatures[], rows: number): SparseRows {
  const kept = countKept(features);
  const starts = new Int32Array(rows + 1);
  const [places, cells] = [new Int32Array(kept), new Float32Array(kept)];
  let end = 0;
  for (let i = 0; i < rows; i += 1) {
    let first = 0;
    for (const one of features) {
      if (one.kind === 'sparse') {
        const { starts: own, places: of, values } = one.rows;
        for (let at = own[i] ?? 0; at < (own[i + 1] ?? 0); at += 1) {
          places[end] = first + (of[at] ?? 0);
          cells[end] = values[at] ?? 0;
          end += 1;
        }
        first += one.names.length;
        continue;
      }
      // Images make a matrix dense.
      const value = one.kind === 'image' ? NaN : Number(one.values[i] ?? NaN);
      if (value !== 0) {
        places[end] = first;
        cells[end] = value;
        end += 1;
      }
      first += 1;
    }
    starts[i + 1] = end;
  }
  return { starts, places, values: cells };
}

/** Cells that are not 0; a missing one is none. */
function countKept(features: readonly StepFeatures[]): number {
  let kept = 0;
  for (const one of features) {
    if (one.kind === 'sparse') kept += one.rows.values.length;
    else if (one.kind === 'numeric') for (const value of one.values) kept += value === 0 ? 0 : 1;
  }
  return kept;
}

function tooManyCells(rows: number, width: number, cells: number, most: number): Error {
  const count = (value: number): string => value.toLocaleString('en');
  return inputError(
    'too_many_features',
    `The steps make ${count(width)} features of ${count(rows)} rows, in which ${count(cells)} numbers have to be kept, and at most ${count(most)} fit into memory.`,
    'Set the parameters of the steps so that they make fewer features, or use fewer rows.',
    { path: 'steps' },
  );
}
