import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { Breather } from '#core/breather.ts';
import { squaredDistance } from './centres.ts';
import { assignRows, type Assigned } from './nearest-centre.ts';

export interface Partition extends Assigned {
  /** [k, width] */
  readonly centres: Float64Array;
  readonly converged: boolean;
}

/**
 * Lloyd's algorithm: rows join their nearest centre, centres move to the mean of their rows, until no row changes its
 * centre or the centres' squared shifts sum to `tolerance` at most.
 * @param centres to start from, [k, width]; not changed
 */
export async function lloyd(
  features: FeatureMatrix,
  centres: Float64Array,
  k: number,
  options: {
    readonly tolerance: number;
    readonly maxIterations: number;
    readonly breather: Breather;
  },
): Promise<Partition> {
  let current = centres;
  let assigned = assignRows(features, current, k);
  for (let iteration = 0; iteration < options.maxIterations; iteration += 1) {
    await options.breather.breathe();
    const moved = meansOf(features, assigned, k);
    const shift = shiftBetween(current, moved, k, features.width);
    const next = assignRows(features, moved, k);
    const settled = next.labels.every((label, i) => label === assigned.labels[i]);
    [current, assigned] = [moved, next];
    if (settled || shift <= options.tolerance) {
      return { ...assigned, centres: current, converged: true };
    }
  }
  return { ...assigned, centres: current, converged: false };
}

/** The mean of each centre's rows. A centre without rows takes the row that is farthest from its own, as scikit-learn's does. */
function meansOf(
  { rows, width, values }: FeatureMatrix,
  { labels, squares }: Assigned,
  k: number,
): Float64Array {
  const sums = new Float64Array(k * width);
  const counts = new Int32Array(k);
  const add = (row: number, c: number, sign: 1 | -1): void => {
    counts[c] = (counts[c] ?? 0) + sign;
    for (let j = 0; j < width; j += 1) {
      sums[c * width + j] = (sums[c * width + j] ?? 0) + sign * (values[row * width + j] ?? 0);
    }
  };
  for (let i = 0; i < rows; i += 1) add(i, labels[i] ?? 0, 1);
  const empty = Array.from(counts.keys()).filter((c) => counts[c] === 0);
  if (empty.length > 0) {
    const farthest = Array.from(squares.keys()).sort(
      (a, b) => (squares[b] ?? 0) - (squares[a] ?? 0) || a - b,
    );
    for (const c of empty) {
      const at = farthest.findIndex((row) => (counts[labels[row] ?? 0] ?? 0) > 1);
      const row = farthest[at];
      if (row === undefined) break;
      farthest.splice(at, 1);
      add(row, labels[row] ?? 0, -1);
      add(row, c, 1);
    }
  }
  return sums.map((sum, at) => sum / Math.max(1, counts[Math.floor(at / width)] ?? 0));
}

function shiftBetween(before: Float64Array, after: Float64Array, k: number, width: number): number {
  let sum = 0;
  for (let c = 0; c < k; c += 1) sum += squaredDistance(before, c, after, c, width);
  return sum;
}
