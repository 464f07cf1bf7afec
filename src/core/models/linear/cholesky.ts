/**
 * Solves A·x = b for a symmetric positive definite A by Cholesky's decomposition.
 * @param a [n, n] row-major; its lower triangle is read and overwritten
 * @param b [n]
 * @returns x [n], or null where A is not positive definite to working precision
 */
export function choleskySolve(a: Float64Array, b: Float64Array, n: number): Float64Array | null {
  const at = (i: number, j: number): number => a[i * n + j] ?? 0;
  let largest = 0;
  for (let i = 0; i < n; i += 1) largest = Math.max(largest, at(i, i));
  for (let j = 0; j < n; j += 1) {
    for (let i = j; i < n; i += 1) {
      let sum = at(i, j);
      for (let k = 0; k < j; k += 1) sum -= at(i, k) * at(j, k);
      if (i === j) {
        if (!(sum > n * Number.EPSILON * largest)) return null;
        a[j * n + j] = Math.sqrt(sum);
      } else a[i * n + j] = sum / at(j, j);
    }
  }
  const x = b.slice();
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < i; k += 1) x[i] = (x[i] ?? 0) - at(i, k) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / at(i, i);
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < n; k += 1) x[i] = (x[i] ?? 0) - at(k, i) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / at(i, i);
  }
  return x;
}
