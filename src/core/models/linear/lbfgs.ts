/** Value of the objective at a point; writes the gradient into `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => Promise<number>;

export interface LbfgsState {
  readonly iteration: number;
  readonly value: number;
  /** Largest absolute entry of the gradient. */
  readonly slope: number;
  readonly point: Float64Array;
  readonly converged: boolean;
}

/** A point with the objective's value and gradient there. */
interface Place {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

interface Correction {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

const MEMORY = 10;
/** The weak Wolfe conditions: sufficient decrease and curvature (Nocedal and Wright, 2006, 3.1). */
const SUFFICIENT = 1e-4;
const CURVATURE = 0.9;
const MAX_TRIALS = 60;
/** Values closer than this share of themselves are told apart by their slopes, not by subtraction. */
const ROUNDING = 1e-12;
/** Iterations without a smaller gradient or value after which rounding is all that is left. */
const PATIENCE = 100;

/**
 * Limited-memory BFGS (Nocedal and Wright, 2006, algorithm 7.5) for smooth convex objectives. Yields
 * after every iteration; has converged when the gradient's largest entry is at most `tolerance`, or when
 * only rounding is left to gain.
 */
export async function* minimize(
  objective: Objective,
  start: Float64Array,
  options: {
    readonly maxIterations: number;
    readonly tolerance: number;
    /** About the objective's second derivative in each entry, which says how long the first step is. */
    readonly curvature: number;
  },
): AsyncGenerator<LbfgsState, LbfgsState> {
  let here = await placeAt(objective, start.slice());
  let history: Correction[] = [];
  let iteration = 0;
  let progress = { slope: Infinity, value: Infinity, iteration: 0 };
  const state = (): LbfgsState => {
    const slope = largest(here.gradient);
    const { point, value } = here;
    const stalled = iteration - progress.iteration >= PATIENCE;
    return { iteration, value, slope, point, converged: stalled || slope <= options.tolerance };
  };
  while (iteration < options.maxIterations) {
    const { slope, value, converged } = state();
    if (converged) return state();
    if (slope < progress.slope || value < progress.value - ROUNDING * Math.abs(value)) {
      progress = {
        slope: Math.min(slope, progress.slope),
        value: Math.min(value, progress.value),
        iteration,
      };
    }
    const direction = descent(here.gradient, history);
    const first = history.length === 0 ? Math.min(1 / options.curvature, 1 / slope) : 1;
    const next = await search(objective, here, direction, first);
    if (next === null) {
      if (history.length === 0) return state();
      history = [];
      continue;
    }
    const s = next.point.map((x, i) => x - (here.point[i] ?? 0));
    const y = next.gradient.map((g, i) => g - (here.gradient[i] ?? 0));
    const curvature = dot(s, y);
    if (curvature > 0) history = [...history, { s, y, rho: 1 / curvature }].slice(-MEMORY);
    here = next;
    iteration += 1;
    yield state();
  }
  return state();
}

/**
 * A step along a direction that meets the weak Wolfe conditions, by the bracket of Lewis and Overton (2013,
 * algorithm 4.6), parted where a line through its ends' slopes is 0. Near the minimum, where differences of the value are rounding, the slope stands in for
 * them (the approximate Wolfe condition of Hager and Zhang, 2005, 4.1). null where no step does.
 */
async function search(
  objective: Objective,
  from: Place,
  direction: Float64Array,
  first: number,
): Promise<Place | null> {
  const slope = dot(direction, from.gradient);
  if (!(slope < 0)) return null;
  let [low, high, step] = [0, Infinity, first];
  let [lowSlope, highSlope] = [slope, NaN];
  for (let trial = 0; trial < MAX_TRIALS; trial += 1) {
    const next = await placeAt(
      objective,
      from.point.map((x, i) => x + step * (direction[i] ?? 0)),
    );
    const nextSlope = dot(direction, next.gradient);
    const lower = next.value <= from.value + SUFFICIENT * step * slope;
    const level =
      next.value <= from.value + ROUNDING * Math.abs(from.value) &&
      nextSlope <= (2 * SUFFICIENT - 1) * slope;
    if (!lower && !level) [high, highSlope] = [step, nextSlope];
    else if (nextSlope < CURVATURE * slope) [low, lowSlope] = [step, nextSlope];
    else return next;
    step = high === Infinity ? 2 * step : low + (high - low) * flatShare(lowSlope, highSlope);
  }
  return null;
}

/** Where between two places a line through their slopes is 0, away from both; the middle where it says nothing. */
function flatShare(low: number, high: number): number {
  const share = low / (low - high);
  return share > 0 && share < 1 ? Math.min(Math.max(share, 0.1), 0.9) : 0.5;
}

async function placeAt(objective: Objective, point: Float64Array): Promise<Place> {
  const gradient = new Float64Array(point.length);
  return { point, gradient, value: await objective(point, gradient) };
}

/** The two-loop recursion: −H·gradient. */
function descent(gradient: Float64Array, history: readonly Correction[]): Float64Array {
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
