/** A sweep turns every pair of columns once; a dozen are enough for any matrix of float64 (Golub and Van Loan, 8.5). */
const MOST_SWEEPS = 60;

export interface Eigen {
  /** Largest first. */
  readonly values: Float64Array;
  /** One unit vector of length n per value. */
  readonly vectors: readonly Float64Array[];
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, by the cyclic Jacobi method (Golub and Van Loan, Matrix
 * Computations, algorithm 8.5.3): square roots and the four operations only, so the same bits everywhere.
 * @param matrix [n, n], row-major; not changed
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const steps = eigenSteps(matrix, n);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps of n − 1 turns at most, between which a long computation may pause. */
export function* eigenSteps(matrix: Float64Array, n: number): Generator<void, Eigen> {
  const a = Array.from({ length: n }, (_, i) => matrix.slice(i * n, (i + 1) * n));
  const vectors = Array.from({ length: n }, (_, i) => {
    const unit = new Float64Array(n);
    unit[i] = 1;
    return unit;
  });
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    let turned = false;
    for (let p = 0; p < n - 1; p += 1) {
      for (let q = p + 1; q < n; q += 1) turned = rotate(a, vectors, p, q) || turned;
      yield;
    }
    if (!turned) break;
  }
  const diagonal = Float64Array.from(a, (row, i) => row[i] ?? 0);
  const order = Array.from(diagonal.keys()).sort(
    (i, j) => (diagonal[j] ?? 0) - (diagonal[i] ?? 0) || i - j,
  );
  return {
    values: Float64Array.from(order, (i) => diagonal[i] ?? 0),
    vectors: order.flatMap((i) => vectors[i] ?? []),
  };
}

/** Makes a[p][q] zero by a turn in the plane of p and q; false where it is nothing beside the diagonal already. */
function rotate(
  a: readonly Float64Array[],
  vectors: readonly Float64Array[],
  p: number,
  q: number,
): boolean {
  const [rowP, rowQ, vectorP, vectorQ] = [a[p], a[q], vectors[p], vectors[q]];
  if (!rowP || !rowQ || !vectorP || !vectorQ) return false;
  const [pp, qq, pq] = [rowP[p] ?? 0, rowQ[q] ?? 0, rowP[q] ?? 0];
  if (Math.abs(pq) <= Number.EPSILON * Math.sqrt(Math.abs(pp) * Math.abs(qq)) || pq === 0)
    return false;
  const half = (qq - pp) / (2 * pq);
  const tangent = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.sqrt(1 + half * half));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  turn(rowP, rowQ, cosine, sine);
  for (const row of a) {
    const [x, y] = [row[p] ?? 0, row[q] ?? 0];
    row[p] = cosine * x - sine * y;
    row[q] = sine * x + cosine * y;
  }
  rowP[q] = 0;
  rowQ[p] = 0;
  turn(vectorP, vectorQ, cosine, sine);
  return true;
}

function turn(first: Float64Array, second: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < first.length; i += 1) {
    const [x, y] = [first[i] ?? 0, second[i] ?? 0];
    first[i] = cosine * x - sine * y;
    second[i] = sine * x + cosine * y;
  }
}
