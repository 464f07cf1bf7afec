import { choleskySolve } from './cholesky.ts';

/** A linear program over x, one entry for each row: the least c·x with Aᵀx = Aᵀstart and 0 ≤ x ≤ upper. */
export interface BoundedProgram {
  /** c */
  readonly cost: Float64Array;
  /** Above 0. */
  readonly upper: Float64Array;
  /** Between the bounds, and on neither. */
  readonly start: Float64Array;
  /** A·v, one entry per row. */
  readonly scores: (v: Float64Array) => Float64Array;
  /** Aᵀ·f, from one factor per row. */
  readonly sums: (factors: Float64Array) => Float64Array;
  /** Lower triangle of Aᵀ·diag(q)·A, [width, width] row-major. */
  readonly gram: (q: Float64Array) => Promise<Float64Array>;
}

export interface ProgramState {
  readonly iteration: number;
  /** What the equations' multipliers are: the coefficients of the program's dual. */
  readonly multipliers: Float64Array;
  /** How far the cost can be above its minimum. */
  readonly gap: number;
}

/** The share of the way to a bound that a step may go. */
const SHORT_OF_BOUND = 0.99995;
/** What is added to the diagonal of a matrix that cannot be solved, as a share of its largest entry. */
const RAISED = 1e-11;

/**
 * Primal-dual interior point with Mehrotra's corrector, as Portnoy and Koenker (1997, section 4) set it out for quantile
 * regression. Yields after each step, and ends where the equations can no longer be solved: only rounding is left then.
 */
export async function* interiorPoint(program: BoundedProgram): AsyncGenerator<ProgramState, void> {
  const { cost, upper, scores, sums, gram } = program;
  const size = cost.length;
  const x = program.start.slice();
  const s = x.map((value, i) => (upper[i] ?? 0) - value);
  const first = solved(await gram(x.map(() => 1)), sums(cost));
  if (first === null) return;
  const multipliers = first;
  const right = sums(x);
  const fitted = scores(multipliers);
  const reduced = cost.map((c, i) => c - (fitted[i] ?? 0));
  const z = reduced.map((r) => Math.max(r, 0) + 1e-3);
  const w = z.map((value, i) => value - (reduced[i] ?? 0));
  for (let iteration = 1; ; iteration += 1) {
    const q = x.map((xi, i) => 1 / ((z[i] ?? 0) / xi + (w[i] ?? 0) / (s[i] ?? 1)));
    const matrix = await gram(q);
    const r = z.map((value, i) => value - (w[i] ?? 0));
    /** The step for a target of what x·z and s·w should change by, beside falling to `mu`. */
    const stepFor = (mu: number, xz: Float64Array, sw: Float64Array): Step | null => {
      const pull = r.map((value, i) => {
        const centring = mu * (1 / (x[i] ?? 1) - 1 / (s[i] ?? 1));
        return value - centring + (xz[i] ?? 0) / (x[i] ?? 1) - (sw[i] ?? 0) / (s[i] ?? 1);
      });
      const dy = solved(matrix, sums(pull.map((p, i) => p * (q[i] ?? 0))));
      if (dy === null) return null;
      const along = scores(dy);
      const dx = q.map((qi, i) => qi * ((along[i] ?? 0) - (pull[i] ?? 0)));
      const dz = z.map((zi, i) => (mu - (xz[i] ?? 0) - zi * (dx[i] ?? 0)) / (x[i] ?? 1) - zi);
      const dw = w.map((wi, i) => (mu - (sw[i] ?? 0) + wi * (dx[i] ?? 0)) / (s[i] ?? 1) - wi);
      return { dy, dx, dz, dw };
    };
    const none = new Float64Array(size);
    let step = stepFor(0, none, none);
    if (step === null) return;
    let [primal, dual] = lengths(step, x, s, z, w);
    if (Math.min(primal, dual) < 1) {
      const [now, then] = [
        products(step, x, s, z, w, 0, 0),
        products(step, x, s, z, w, primal, dual),
      ];
      const ratio = then / now;
      const mu = (now * ratio * ratio * ratio) / (2 * size);
      const { dx, dz, dw } = step;
      step = stepFor(
        mu,
        dx.map((d, i) => d * (dz[i] ?? 0)),
        dx.map((d, i) => -d * (dw[i] ?? 0)),
      );
      if (step === null) return;
      [primal, dual] = lengths(step, x, s, z, w);
    }
    const { dx, dy, dz, dw } = step;
    for (let i = 0; i < size; i += 1) {
      x[i] = (x[i] ?? 0) + primal * (dx[i] ?? 0);
      s[i] = (s[i] ?? 0) - primal * (dx[i] ?? 0);
      z[i] = (z[i] ?? 0) + dual * (dz[i] ?? 0);
      w[i] = (w[i] ?? 0) + dual * (dw[i] ?? 0);
    }
    for (const [j, d] of dy.entries()) multipliers[j] = (multipliers[j] ?? 0) + dual * d;
    const gap = dot(cost, x) - dot(multipliers, right) + dot(w, upper);
    if (!Number.isFinite(gap)) return;
    yield { iteration, multipliers: multipliers.slice(), gap };
  }
}

/**
 * The matrix's solution, which stays as it is. Where features repeat each other it has many: then the one with the least
 * coefficients, by a diagonal that is raised a little.
 */
function solved(matrix: Float64Array, right: Float64Array): Float64Array | null {
  const width = right.length;
  const plain = choleskySolve(matrix.slice(), right, width);
  if (plain !== null) return plain;
  let largest = 0;
  for (let j = 0; j < width; j += 1) largest = Math.max(largest, matrix[j * (width + 1)] ?? 0);
  const raised = matrix.slice();
  for (let j = 0; j < width; j += 1) {
    const at = j * (width + 1);
    raised[at] = (raised[at] ?? 0) + RAISED * largest;
  }
  return choleskySolve(raised, right, width);
}

interface Step {
  readonly dy: Float64Array;
  readonly dx: Float64Array;
  readonly dz: Float64Array;
  readonly dw: Float64Array;
}
type Row = Float64Array;

/** How far x and s, and z and w, may go along a step, 1 at most. */
function lengths({ dx, dz, dw }: Step, x: Row, s: Row, z: Row, w: Row): [number, number] {
  let [primal, dual] = [Infinity, Infinity];
  for (let i = 0; i < x.length; i += 1) {
    const d = dx[i] ?? 0;
    primal = Math.min(primal, d < 0 ? -(x[i] ?? 0) / d : d > 0 ? (s[i] ?? 0) / d : Infinity);
    dual = Math.min(dual, room(z[i] ?? 0, dz[i] ?? 0), room(w[i] ?? 0, dw[i] ?? 0));
  }
  return [Math.min(1, SHORT_OF_BOUND * primal), Math.min(1, SHORT_OF_BOUND * dual)];
}

function room(value: number, change: number): number {
  return change < 0 ? -value / change : Infinity;
}

/** x·z + s·w after the given shares of a step. */
function products(
  { dx, dz, dw }: Step,
  x: Row,
  s: Row,
  z: Row,
  w: Row,
  primal: number,
  dual: number,
): number {
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) {
    const move = primal * (dx[i] ?? 0);
    sum += ((x[i] ?? 0) + move) * ((z[i] ?? 0) + dual * (dz[i] ?? 0));
    sum += ((s[i] ?? 0) - move) * ((w[i] ?? 0) + dual * (dw[i] ?? 0));
  }
  return sum;
}

function dot(a: Row, b: Row): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
