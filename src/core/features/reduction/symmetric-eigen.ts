import { tridiagonal } from './tridiagonal.ts';

/** Passes at an eigenvalue; two or three are the rule (Golub and Van Loan, 8.3). */
const MOST_PASSES = 60;

export interface Eigen {
  /** Largest first. */
  readonly values: Float64Array;
  /** One unit vector of length n per value. */
  readonly vectors: readonly Float64Array[];
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, and QL with implicit
 * shifts (Martin, Reinsch and Wilkinson; Bowdler and others, Numerische Mathematik 11, 1968; EISPACK's tred2 and tql2).
 * Square roots and the four operations only, so the same bits everywhere.
 * @param matrix [n, n], row-major; not changed
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const steps = eigenSteps(matrix, n);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps of some n² operations, between which a long computation may pause. */
export function* eigenSteps(matrix: Float64Array, n: number): Generator<void, Eigen> {
  // Squares of very small or very large numbers would leave float64.
  const unit = matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const { diagonal, beside, vectors } = yield* tridiagonal(
    matrix.map((value) => value / unit),
    n,
  );
  yield* ql(diagonal, beside, vectors, n);
  const order = Array.from(diagonal.keys()).sort(
    (i, j) => (diagonal[j] ?? 0) - (diagonal[i] ?? 0) || i - j,
  );
  return {
    values: Float64Array.from(order, (i) => (diagonal[i] ?? 0) * unit),
    vectors: order.map((i) => vectors.slice(i * n, (i + 1) * n)),
  };
}

/**
 * Turns the diagonal into eigenvalues and the vectors into theirs.
 * @param beside the diagonal below, its last entry 0
 * @param vectors one after the other, [n, n]
 */
function* ql(
  diagonal: Float64Array,
  beside: Float64Array,
  vectors: Float64Array,
  n: number,
): Generator<void, void> {
  let shift = 0;
  // What is nothing beside the largest number is only rounding; its squares may leave float64.
  const size = diagonal.reduce(
    (most, own, l) => Math.max(most, Math.abs(own) + Math.abs(beside[l] ?? 0)),
    0,
  );
  for (let l = 0; l < n; l += 1) {
    const isNothing = (at: number): boolean => !(Math.abs(beside[at] ?? 0) > Number.EPSILON * size);
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      // Looked for at every pass: what lies beside the diagonal may become 0 in the middle of a block.
      let end = l;
      while (end < n - 1 && !isNothing(end)) end += 1;
      if (end === l) break;
      shift += shifted(diagonal, beside, l, n);
      chase(diagonal, beside, vectors, { from: l, to: end, n });
      yield;
    }
    diagonal[l] = (diagonal[l] ?? 0) + shift;
    beside[l] = 0;
  }
}

/** Takes the shift of a pass off the diagonal. @returns what was taken off */
function shifted(diagonal: Float64Array, beside: Float64Array, l: number, n: number): number {
  const [own, next, off] = [diagonal[l] ?? 0, diagonal[l + 1] ?? 0, beside[l] ?? 0];
  const half = (next - own) / (2 * off);
  const root = half + (half < 0 ? -1 : 1) * Math.sqrt(half * half + 1);
  diagonal[l] = off / root;
  diagonal[l + 1] = off * root;
  const taken = own - off / root;
  for (let i = l + 2; i < n; i += 1) diagonal[i] = (diagonal[i] ?? 0) - taken;
  return taken;
}

/** One pass from the end of a block up to its first row. */
function chase(
  diagonal: Float64Array,
  beside: Float64Array,
  vectors: Float64Array,
  { from, to, n }: { readonly from: number; readonly to: number; readonly n: number },
): void {
  const [second, besideSecond] = [diagonal[from + 1] ?? 0, beside[from + 1] ?? 0];
  let p = diagonal[to] ?? 0;
  let [c, cBefore, cBeforeThat] = [1, 1, 1];
  let [s, sBefore] = [0, 0];
  for (let i = to - 1; i >= from; i -= 1) {
    [cBeforeThat, cBefore, sBefore] = [cBefore, c, s];
    const off = beside[i] ?? 0;
    const [g, h] = [c * off, c * p];
    const r = Math.sqrt(p * p + off * off);
    beside[i + 1] = s * r;
    s = off / r;
    c = p / r;
    const own = diagonal[i] ?? 0;
    p = c * own - s * g;
    diagonal[i + 1] = h + s * (c * g + s * own);
    const [left, right] = [i * n, (i + 1) * n];
    for (let k = 0; k < n; k += 1) {
      const [a, b] = [vectors[left + k] ?? 0, vectors[right + k] ?? 0];
      vectors[right + k] = s * a + c * b;
      vectors[left + k] = c * a - s * b;
    }
  }
  p = (-s * sBefore * cBeforeThat * besideSecond * (beside[from] ?? 0)) / second;
  beside[from] = s * p;
  diagonal[from] = c * p;
}
