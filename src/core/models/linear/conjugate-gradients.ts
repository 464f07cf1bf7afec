/** Writes A·v for a symmetric, positive semidefinite A. */
export type Product = (v: Float64Array, into: Float64Array) => Promise<unknown>;

export interface SolverState {
  readonly iteration: number;
  readonly point: Float64Array;
  /** b − A·point */
  readonly residual: Float64Array;
  /** The residual's length as a share of b's. */
  readonly share: number;
}

/**
 * Solves A·x = b by conjugate gradients from 0 (Hestenes and Stiefel, 1952); of many solutions the shortest. Yields
 * after each step, and ends where rounding leaves none.
 */
export async function* conjugateGradients(
  product: Product,
  b: Float64Array,
): AsyncGenerator<SolverState, void> {
  const point = new Float64Array(b.length);
  const residual = b.slice();
  const direction = b.slice();
  const along = new Float64Array(b.length);
  const start = dot(b, b);
  let square = start;
  for (let iteration = 1; square > 0; iteration += 1) {
    await product(direction, along);
    const curvature = dot(direction, along);
    if (!(curvature > 0)) return;
    const step = square / curvature;
    for (let i = 0; i < b.length; i += 1) {
      point[i] = (point[i] ?? 0) + step * (direction[i] ?? 0);
      residual[i] = (residual[i] ?? 0) - step * (along[i] ?? 0);
    }
    const next = dot(residual, residual);
    for (let i = 0; i < b.length; i += 1) {
      direction[i] = (residual[i] ?? 0) + (next / square) * (direction[i] ?? 0);
    }
    square = next;
    yield { iteration, point, residual, share: Math.sqrt(square / start) };
  }
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
