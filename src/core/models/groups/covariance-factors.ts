import { runError } from '#core/errors.ts';
import { ln } from '#core/math.ts';
import type { Gaussians } from './gaussians.ts';

/** Rows in shares, and the components' means and weights. */
export interface Sums {
  readonly rows: number;
  readonly width: number;
  readonly values: Float32Array;
  readonly shares: Float64Array;
  readonly means: Float64Array;
  /** Sum of each component's shares. */
  readonly totals: Float64Array;
  readonly k: number;
}

type Factors = Pick<Gaussians, 'factors' | 'factorShape'>;

/** One over each component's deviations, by feature or the same for all. */
export function deviationFactors(data: Sums, isSpherical: boolean, floor: number): Factors {
  const { rows, width, values, shares, means, totals, k } = data;
  const variances = new Float64Array(k * width);
  for (let i = 0; i < rows; i += 1) {
    for (let c = 0; c < k; c += 1) {
      const share = shares[i * k + c] ?? 0;
      for (let j = 0; j < width; j += 1) {
        const away = (values[i * width + j] ?? 0) - (means[c * width + j] ?? 0);
        variances[c * width + j] = (variances[c * width + j] ?? 0) + share * away * away;
      }
    }
  }
  const found = variances.map((sum, at) => sum / (totals[Math.floor(at / width)] ?? 1) + floor);
  if (isSpherical) {
    for (let c = 0; c < k; c += 1) {
      const own = found.subarray(c * width, (c + 1) * width);
      own.fill(own.reduce((sum, variance) => sum + variance, 0) / width);
    }
  }
  if (found.some((variance) => variance <= 0)) throw collapsed();
  return {
    factors: found.map((variance) => 1 / Math.sqrt(variance)),
    factorShape: [k, width],
  };
}

/** Inverse transposed Cholesky factors of the covariances, of each component or of all together. */
export function matrixFactors(data: Sums, isTied: boolean, floor: number): Factors {
  const { rows, width, values, shares, means, totals, k } = data;
  const matrices = isTied ? 1 : k;
  const size = width * width;
  const covariances = new Float64Array(matrices * size);
  const away = new Float64Array(width);
  for (let i = 0; i < rows; i += 1) {
    for (let c = 0; c < k; c += 1) {
      const share = shares[i * k + c] ?? 0;
      if (share === 0) continue;
      for (let j = 0; j < width; j += 1) {
        away[j] = (values[i * width + j] ?? 0) - (means[c * width + j] ?? 0);
      }
      const start = isTied ? 0 : c * size;
      for (let j = 0; j < width; j += 1) {
        const part = share * (away[j] ?? 0);
        for (let m = 0; m <= j; m += 1) {
          const at = start + j * width + m;
          covariances[at] = (covariances[at] ?? 0) + part * (away[m] ?? 0);
        }
      }
    }
  }
  const all = totals.reduce((sum, total) => sum + total, 0);
  const factors = new Float64Array(matrices * size);
  for (let c = 0; c < matrices; c += 1) {
    const total = isTied ? all : (totals[c] ?? 1);
    const lower = covariances.subarray(c * size, (c + 1) * size);
    for (let at = 0; at < size; at += 1) lower[at] = (lower[at] ?? 0) / total;
    for (let j = 0; j < width; j += 1) lower[j * width + j] = (lower[j * width + j] ?? 0) + floor;
    factors.set(inverseTransposed(choleskyOf(lower, width), width), c * size);
  }
  return { factors, factorShape: [matrices, width, width] };
}

/** Lower triangular L with L · Lᵀ the matrix, in place. @param matrix its lower triangle, row-major */
function choleskyOf(matrix: Float64Array, n: number): Float64Array {
  for (let j = 0; j < n; j += 1) {
    for (let i = j; i < n; i += 1) {
      let sum = matrix[i * n + j] ?? 0;
      for (let m = 0; m < j; m += 1) sum -= (matrix[i * n + m] ?? 0) * (matrix[j * n + m] ?? 0);
      if (i === j) {
        if (!(sum > 0)) throw collapsed();
        matrix[j * n + j] = Math.sqrt(sum);
      } else matrix[i * n + j] = sum / (matrix[j * n + j] ?? 1);
    }
  }
  return matrix;
}

/** Upper triangular (L⁻¹)ᵀ. */
function inverseTransposed(lower: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let column = 0; column < n; column += 1) {
    for (let i = column; i < n; i += 1) {
      let sum = i === column ? 1 : 0;
      for (let m = column; m < i; m += 1) {
        sum -= (lower[i * n + m] ?? 0) * (inverse[column * n + m] ?? 0);
      }
      inverse[column * n + i] = sum / (lower[i * n + i] ?? 1);
    }
  }
  return inverse;
}

/** Of the factor of a component: the sum of the logarithms on its diagonal. */
export function logDeterminant(
  factors: Float64Array,
  shape: readonly number[],
  c: number,
  width: number,
): number {
  let sum = 0;
  const start = shape.length === 2 ? c * width : shape[0] === 1 ? 0 : c * width * width;
  const step = shape.length === 2 ? 1 : width + 1;
  for (let j = 0; j < width; j += 1) sum += ln(factors[start + j * step] ?? 1);
  return sum;
}

function collapsed(): Error {
  return runError(
    'collapsed_group',
    'Gaussian mixture: a group has shrunk to rows that do not vary in some direction, so that it has no density.',
    'Raise reg_covar, ask for fewer groups, or choose covariance diag.',
  );
}
