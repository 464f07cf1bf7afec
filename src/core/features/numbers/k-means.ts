import { mean, standardDeviation } from '../statistics.ts';

/** Rounds at most, and the share of the variance that centres may still move by, as scikit-learn's KMeans has them. */
const MOST_ROUNDS = 300;
const TOLERANCE = 1e-4;

/**
 * Centres of k-means in one dimension by Lloyd's algorithm, rising, from the middles of equally wide bins: what
 * KBinsDiscretizer starts from. A cluster without rows takes the row farthest from its own centre; one that still has
 * none, or whose last row is taken, falls together with the largest.
 * @param sorted training values, rising
 */
export function kMeansCentres(sorted: Float64Array, clusters: number): Float64Array {
  const middle = mean(sorted);
  const values = sorted.map((value) => value - middle);
  const deviation = standardDeviation(sorted, middle);
  const enough = TOLERANCE * deviation * deviation;
  const [low, high] = [sorted[0] ?? 0, sorted[sorted.length - 1] ?? 0];
  const width = (high - low) / clusters;
  let centres: Float64Array = Float64Array.from(
    { length: clusters },
    (_, k) => low + (k + 0.5) * width - middle,
  );
  let ends: readonly number[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = ends;
    ends = endsOf(values, centres);
    const next = meansOf(values, ends, centres);
    const moved = squaredDistance(next, centres);
    centres = next.sort();
    if (moved <= enough || ends.every((end, k) => end === before[k])) break;
  }
  return centres.map((centre) => centre + middle);
}

function squaredDistance(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, k) => {
    const distance = value - (right[k] ?? 0);
    return sum + distance * distance;
  }, 0);
}

/** Where each cluster's values end: those up to the middle between its centre and the next. */
function endsOf(values: Float64Array, centres: Float64Array): number[] {
  return Array.from(centres, (centre, k) => {
    const next = centres[k + 1];
    return next === undefined ? values.length : countUpTo(values, (centre + next) / 2);
  });
}

function countUpTo(values: Float64Array, bound: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? NaN) <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The mean of each cluster's values, once those without any have taken one each; of the largest where none is left. */
function meansOf(
  values: Float64Array,
  ends: readonly number[],
  centres: Float64Array,
): Float64Array {
  const sums = new Float64Array(ends.length);
  const counts = new Int32Array(ends.length);
  let at = 0;
  for (const [k, end] of ends.entries()) {
    counts[k] = end - at;
    let sum = 0;
    for (; at < end; at += 1) sum += values[at] ?? 0;
    sums[k] = sum;
  }
  const empty = Array.from(counts.keys()).filter((k) => counts[k] === 0);
  const taken = farthest(values, ends, centres, empty.length);
  for (const [i, { cluster, value }] of taken.entries()) {
    const to = empty[i] ?? 0;
    sums[cluster] = (sums[cluster] ?? 0) - value;
    counts[cluster] = (counts[cluster] ?? 0) - 1;
    sums[to] = value;
    counts[to] = 1;
  }
  const largest = counts.indexOf(Math.max(...counts));
  return sums.map((_, k) => {
    const own = counts[k] === 0 ? largest : k;
    return (sums[own] ?? 0) / (counts[own] ?? 1);
  });
}

interface Far {
  readonly cluster: number;
  readonly value: number;
}

/** The values farthest from their own centres, which lie at the two ends of their clusters; none where all are 0 away. */
function farthest(
  values: Float64Array,
  ends: readonly number[],
  centres: Float64Array,
  most: number,
): Far[] {
  const first = ends.map((_, k) => ends[k - 1] ?? 0);
  const last = ends.map((end) => end - 1);
  const found: Far[] = [];
  for (let i = 0; i < most; i += 1) {
    let best = { cluster: -1, at: -1, distance: -1 };
    for (const [k, centre] of centres.entries()) {
      const [from, to] = [first[k] ?? 0, last[k] ?? -1];
      if (from > to) continue;
      for (const at of [from, to]) {
        const distance = Math.abs((values[at] ?? 0) - centre);
        if (distance > best.distance) best = { cluster: k, at, distance };
      }
    }
    const { cluster, at, distance } = best;
    if (cluster < 0 || (i === 0 && distance === 0)) break;
    if (at === first[cluster]) first[cluster] = at + 1;
    else last[cluster] = at - 1;
    found.push({ cluster, value: values[at] ?? 0 });
  }
  return found;
}
