import { describe, expect, it } from 'vitest';
import { buildMatrix, formOf, namesOf, type StepFeatures } from '#core/features/build-matrix.ts';
import { firstCell, takeMatrixRows } from '#core/features/matrix.ts';
import { SparseRowsWriter } from '#core/features/sparse-rows.ts';
import { RandomStream } from '#core/random.ts';
import { refusalOf } from '../../support/refusal.ts';

/** Sparse features of the given width, with about so many cells in each row. */
function drawSparse(rows: number, width: number, perRow: number): StepFeatures {
  const random = new RandomStream(width);
  const writer = new SparseRowsWriter(rows);
  for (let i = 0; i < rows; i += 1) {
    const cells = new Map(
      Array.from({ length: i % 3 === 0 ? 0 : perRow }, () => [
        random.integer(width),
        random.normal(),
      ]),
    );
    writer.addRow(cells, 1);
  }
  const names = Array.from({ length: width }, (_, j) => `s${j}`);
  return { kind: 'sparse', names, rows: writer.finish() };
}

const column = (name: string, values: readonly number[], categories?: number): StepFeatures => ({
  kind: 'numeric',
  name,
  values: Float64Array.from(values),
  ...(categories !== undefined && { categories }),
});

describe('the form of a matrix', () => {
  it('is sparse where features are many and a tenth of the cells at most is not 0', () => {
    const of = (width: number, perRow: number) => formOf([drawSparse(30, width, perRow)], 30);
    expect(of(999, 2)).toBe('dense');
    expect(of(1000, 2)).toBe('sparse');
    expect(of(1000, 900)).toBe('dense');
  });

  it('counts zeros of plain columns too', () => {
    const zeros = Array.from({ length: 1200 }, (_, j) =>
      column(`x${j}`, [j === 5 ? 1 : 0, 0, j === 9 ? NaN : 0]),
    );
    expect(formOf(zeros, 3)).toBe('sparse');
    const { sparse } = buildMatrix(zeros, 3, namesOf(zeros), 'sparse');
    expect([...(sparse?.starts ?? [])]).toEqual([0, 1, 1, 2]);
    expect([...(sparse?.values ?? [])]).toEqual([1, NaN]);
  });
});

describe('a sparse matrix', () => {
  const codes = column(
    'code',
    Array.from({ length: 40 }, (_, i) => i % 3),
    3,
  );
  const features = [drawSparse(40, 600, 4), codes, drawSparse(40, 700, 9)];
  const names = namesOf(features);
  const dense = buildMatrix(features, 40, names, 'dense');
  const sparse = buildMatrix(features, 40, names, 'sparse');

  it('has the cells of the dense one', () => {
    expect(dense.sparse).toBeUndefined();
    expect(sparse.values).toEqual(dense.values);
    expect(sparse.values).toBe(sparse.values);
    expect(sparse.categories).toEqual(dense.categories);
    expect(sparse.categories?.[600]).toBe(3);
    expect(sparse.names).toEqual(dense.names);
  });

  it('keeps only cells that are not 0, in order', () => {
    const { starts, places, values } = sparse.sparse ?? { starts: [], places: [], values: [] };
    expect(starts).toHaveLength(41);
    expect(values.every((value) => value !== 0)).toBe(true);
    for (let i = 0; i < 40; i += 1) {
      const row = [...places.slice(starts[i], starts[i + 1])];
      expect(row).toEqual([...new Set(row)].sort((a, b) => a - b));
    }
  });

  it('gives rows again, some twice and in any order', () => {
    const chosen = Int32Array.of(7, 7, 0, 39, 3);
    const taken = takeMatrixRows(sparse, chosen);
    expect(taken.sparse?.starts).toHaveLength(6);
    expect(taken.values).toEqual(takeMatrixRows(dense, chosen).values);
    expect(taken.rows).toBe(5);
  });

  it('finds a cell by its value as the dense one does', () => {
    for (const limit of [-2, -1, 0]) {
      const isLike = (value: number): boolean => value < limit;
      expect(firstCell(sparse, isLike)).toEqual(firstCell(dense, isLike));
    }
  });
});

describe('what does not fit', () => {
  it('is refused by a sentence with the numbers', async () => {
    // Far more rows than there are: the cells that would be written are counted before they are.
    const features = [drawSparse(30, 2000, 5)];
    const error = await refusalOf(() => buildMatrix(features, 90_000, namesOf(features), 'dense'));
    expect(error.message).toContain('2,000 features of 90,000 rows');
    expect(error.message).toContain('180,000,000 numbers');
    expect(error.message).toContain('100,000,000 fit into memory');
  });
});
