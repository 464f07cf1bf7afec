export interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** What stands beside it, [n], the last entry 0. */
  readonly beside: Float64Array;
  /** What the three diagonals are turned back by: n vectors one after the other. */
  readonly vectors: Float64Array;
}

/**
 * Householder's reduction of a symmetric matrix to three diagonals (EISPACK's tred2), in steps of some n² operations.
 * @param matrix [n, n]; is overwritten
 */
export function* tridiagonal(matrix: Float64Array, n: number): Generator<void, Tridiagonal> {
  // Columns lie one after the other, as all inner loops go along them: cell (k, j) is at j·n + k.
  const v = matrix;
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  for (let j = 0; j < n; j += 1) d[j] = v[j * n + n - 1] ?? 0;
  for (let i = n - 1; i > 0; i -= 1) {
    yield;
    d[i] = reflect(v, d, e, { i, n });
  }
  for (let i = 0; i < n - 1; i += 1) {
    yield;
    accumulate(v, d, { i, n });
  }
  for (let j = 0; j < n; j += 1) {
    d[j] = v[j * n + n - 1] ?? 0;
    v[j * n + n - 1] = 0;
  }
  if (n > 0) v[n * n - 1] = 1;
  return { diagonal: d, beside: Float64Array.from(e, (_, i) => e[i + 1] ?? 0), vectors: v };
}

interface Place {
  readonly i: number;
  readonly n: number;
}

/** Clears row i beside its diagonals. @returns half the squared length of the reflection's vector, 0 where there is none */
function reflect(v: Float64Array, d: Float64Array, e: Float64Array, { i, n }: Place): number {
  let scale = 0;
  for (let k = 0; k < i; k += 1) scale += Math.abs(d[k] ?? 0);
  if (scale === 0) {
    e[i] = d[i - 1] ?? 0;
    for (let j = 0; j < i; j += 1) {
      d[j] = v[j * n + i - 1] ?? 0;
      v[j * n + i] = 0;
      v[i * n + j] = 0;
    }
    return 0;
  }
  let h = 0;
  for (let k = 0; k < i; k += 1) {
    const part = (d[k] ?? 0) / scale;
    d[k] = part;
    h += part * part;
  }
  const last = d[i - 1] ?? 0;
  const length = last > 0 ? -Math.sqrt(h) : Math.sqrt(h);
  e[i] = scale * length;
  h -= last * length;
  d[i - 1] = last - length;
  applyLeft(v, d, e, { i, n });
  let sum = 0;
  for (let j = 0; j < i; j += 1) {
    e[j] = (e[j] ?? 0) / h;
    sum += (e[j] ?? 0) * (d[j] ?? 0);
  }
  const share = sum / (h + h);
  for (let j = 0; j < i; j += 1) e[j] = (e[j] ?? 0) - share * (d[j] ?? 0);
  for (let j = 0; j < i; j += 1) {
    const [f, g] = [d[j] ?? 0, e[j] ?? 0];
    const column = j * n;
    for (let k = j; k < i; k += 1) {
      v[column + k] = (v[column + k] ?? 0) - (f * (e[k] ?? 0) + g * (d[k] ?? 0));
    }
    d[j] = v[column + i - 1] ?? 0;
    v[column + i] = 0;
  }
  return h;
}

/** The matrix times the reflection's vector, into e; the vector is kept in column i. */
function applyLeft(v: Float64Array, d: Float64Array, e: Float64Array, { i, n }: Place): void {
  e.fill(0, 0, i);
  for (let j = 0; j < i; j += 1) {
    const f = d[j] ?? 0;
    const column = j * n;
    v[i * n + j] = f;
    let g = (e[j] ?? 0) + (v[column + j] ?? 0) * f;
    for (let k = j + 1; k < i; k += 1) {
      const cell = v[column + k] ?? 0;
      g += cell * (d[k] ?? 0);
      e[k] = (e[k] ?? 0) + cell * f;
    }
    e[j] = g;
  }
}

/** Brings the reflection of row i + 1 into the vectors. */
function accumulate(v: Float64Array, d: Float64Array, { i, n }: Place): void {
  v[i * n + n - 1] = v[i * n + i] ?? 0;
  v[i * n + i] = 1;
  const h = d[i + 1] ?? 0;
  const next = (i + 1) * n;
  if (h !== 0) {
    for (let k = 0; k <= i; k += 1) d[k] = (v[next + k] ?? 0) / h;
    for (let j = 0; j <= i; j += 1) {
      const column = j * n;
      let g = 0;
      for (let k = 0; k <= i; k += 1) g += (v[next + k] ?? 0) * (v[column + k] ?? 0);
      for (let k = 0; k <= i; k += 1) v[column + k] = (v[column + k] ?? 0) - g * (d[k] ?? 0);
    }
  }
  for (let k = 0; k <= i; k += 1) v[next + k] = 0;
}
