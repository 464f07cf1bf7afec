import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '#core/features/reduction/symmetric-eigen.ts';
import { RandomStream } from '#core/random.ts';

function symmetric(n: number, cell: (i: number, j: number) => number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) matrix[i * n + j] = matrix[j * n + i] = cell(i, j);
  }
  return matrix;
}

/** The matrix times a vector is the value times it, vectors are orthonormal, and values fall. */
function expectEigen(matrix: Float64Array, n: number): void {
  const { values, vectors } = symmetricEigen(matrix, n);
  const size = matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const close = 1e-12 * Math.max(1, n);
  for (const [k, vector] of vectors.entries()) {
    expect(vector).toHaveLength(n);
    expect(values[k] ?? NaN).toBeLessThanOrEqual((values[k - 1] ?? Infinity) + close * size);
    for (let i = 0; i < n; i += 1) {
      const row = matrix.subarray(i * n, (i + 1) * n);
      const product = row.reduce((sum, cell, j) => sum + (cell / size) * (vector[j] ?? 0), 0);
      expect(Math.abs(product - ((values[k] ?? NaN) / size) * (vector[i] ?? 0))).toBeLessThan(
        close,
      );
    }
    for (const [m, other] of vectors.entries()) {
      const product = vector.reduce((sum, value, j) => sum + value * (other[j] ?? 0), 0);
      expect(Math.abs(product - (k === m ? 1 : 0))).toBeLessThan(close);
    }
  }
}

describe('eigenvalues and vectors of a symmetric matrix', () => {
  it('of two rows are those that one computes by hand', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect(Array.from(values, (value) => value.toFixed(12))).toEqual([
      '3.000000000000',
      '1.000000000000',
    ]);
    expect(Math.abs(vectors[0]?.[0] ?? 0)).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it.each([1, 2, 3, 10, 60])('hold for random matrices of %i rows', (n) => {
    const random = new RandomStream(n);
    expectEigen(
      symmetric(n, () => random.normal()),
      n,
    );
  });

  it.each([
    ['nothing at all', symmetric(4, () => 0), 4],
    ['a diagonal', symmetric(5, (i, j) => (i === j ? i - 2 : 0)), 5],
    ['one direction alone', symmetric(6, (i, j) => (i + 1) * (j + 1)), 6],
    ['very small numbers', symmetric(4, (i, j) => 1e-200 / (1 + i + j)), 4],
    ['very large numbers', symmetric(4, (i, j) => 1e200 / (1 + i + j)), 4],
    [
      'numbers beside 1 whose squares are too small',
      symmetric(6, (i, j) => (j === 5 ? 1 : i - j < 2 ? 1e-170 : 0)),
      6,
    ],
    ['unlike scales', symmetric(5, (i, j) => 10 ** (-3 * (i + j)) * (i === j ? 2 : 1)), 5],
  ] as const)('hold for %s', (_, matrix, n) => {
    expectEigen(matrix, n);
  });

  it('hold for small whole numbers, among them matrices that fall into blocks', () => {
    const cells = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 25, maxLength: 25 });
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 5 }), (drawn, n) => {
        expectEigen(
          symmetric(n, (i, j) => drawn[i * 5 + j] ?? 0),
          n,
        );
      }),
      { numRuns: 200 },
    );
  });
});
