/** Value of the objective at a point; writes the gradient into `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface LbfgsState {
  readonly iteration: number;
  readonly value: number;
  /** Largest absolute entry of the gradient. */
  readonly slope: number;
  readonly point: Float64Array;
  readonly converged: boolean;
}

const MEMORY = 10;
/** Armijo's sufficient decrease and the step's shrinking (Nocedal and Wright, 2006, algorithm 3.1). */
const SUFFICIENT = 1e-4;
const MAX_HALVINGS = 40;
/** Decreases below this share of the value are rounding; after a few in a row nothing is left to gain. */
const NEGLIGIBLE = 64 * Number.EPSILON;
const MAX_NEGLIGIBLE = 5;

/**
 * Limited-memory BFGS (Nocedal and Wright, 2006, algorithm 7.5) with backtracking, for smooth convex
 * objectives. Yields after every iteration; has converged when the gradient's largest entry is at most
 * `tolerance`, or when steps lower the value by no more than rounding.
 */
export function* minimize(
  objective: Objective,
  start: Float64Array,
  options: { readonly maxIterations: number; readonly tolerance: number },
): Generator<LbfgsState, LbfgsState> {
  const n = start.length;
  let point = start.slice();
  let gradient = new Float64Array(n);
  let value = objective(point, gradient);
  const history: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  let iteration = 0;
  let negligible = 0;
  const state = (converged: boolean): LbfgsState => ({
    iteration,
    value,
    slope: largest(gradient),
    point,
    converged,
  });
  while (iteration < options.maxIterations) {
    if (largest(gradient) <= options.tolerance) return state(true);
    const direction = descent(gradient, history);
    const slope = dot(direction, gradient);
    let step = history.length === 0 ? Math.min(1, 1 / largest(gradient)) : 1;
    let next = point;
    let nextValue = value;
    const nextGradient = new Float64Array(n);
    let found = false;
    for (let k = 0; k < MAX_HALVINGS && !found; k += 1) {
      next = point.map((x, i) => x + step * (direction[i] ?? 0));
      nextValue = objective(next, nextGradient);
      found = nextValue <= value + SUFFICIENT * step * slope && Number.isFinite(nextValue);
      if (!found) step /= 2;
    }
    if (!found) {
      if (history.length === 0) return state(false);
      history.length = 0;
      iteration += 1;
      continue;
    }
    const s = next.map((x, i) => x - (point[i] ?? 0));
    const y = nextGradient.map((g, i) => g - (gradient[i] ?? 0));
    const curvature = dot(s, y);
    if (curvature > 0) history.push({ s, y, rho: 1 / curvature });
    if (history.length > MEMORY) history.shift();
    const scale = Math.max(Math.abs(value), Math.abs(nextValue), 1);
    negligible = value - nextValue <= NEGLIGIBLE * scale ? negligible + 1 : 0;
    point = next;
    value = nextValue;
    gradient = nextGradient;
    iteration += 1;
    if (negligible >= MAX_NEGLIGIBLE) return state(true);
    yield state(false);
  }
  return state(largest(gradient) <= options.tolerance);
}

/** The two-loop recursion: −H·gradient. */
function descent(
  gradient: Float64Array,
  history: readonly { s: Float64Array; y: Float64Array; rho: number }[],
): Float64Array {
  const q = gradient.map((g) => -g);
  const alphas: number[] = [];
  for (const { s, y, rho } of [...history].reverse()) {
    const alpha = rho * dot(s, q);
    alphas.unshift(alpha);
    addScaled(q, y, -alpha);
  }
  const last = history.at(-1);
  if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let i = 0; i < q.length; i += 1) q[i] = (q[i] ?? 0) * scale;
  }
  for (const [k, { s, y, rho }] of history.entries()) {
    addScaled(q, s, (alphas[k] ?? 0) - rho * dot(y, q));
  }
  return q;
}

function addScaled(into: Float64Array, vector: Float64Array, factor: number): void {
  for (let i = 0; i < into.length; i += 1) into[i] = (into[i] ?? 0) + factor * (vector[i] ?? 0);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function largest(vector: Float64Array): number {
  let found = 0;
  for (const value of vector) found = Math.max(found, Math.abs(value));
  return found;
}
