/**
 * Where a feature's bins end, as scikit-learn's histogram gradient boosting puts them: between neighbouring distinct
 * values where there are at most `maxBins`, else at the quantiles i ÷ maxBins (averaged inverted distribution function).
 * A value x is in bin i when edge[i − 1] < x ≤ edge[i]; edges are rounded down to float32, which changes no float32's bin.
 *
 * @param sorted values in rising order, without NaN
 * @returns at most maxBins − 1 edges, rising
 */
export function binEdges(sorted: Float32Array, maxBins: number): Float32Array {
  const distinct = distinctValues(sorted, maxBins);
  if (distinct !== undefined) {
    return Float32Array.from(distinct.slice(1), (value, i) => middle(distinct[i] ?? 0, value));
  }
  const edges: number[] = [];
  for (let i = 1; i < maxBins; i += 1) {
    // In NumPy's order of operations, so that rounding decides alike whether a quantile falls between two values.
    const place = sorted.length * ((i * (100 / maxBins)) / 100) - 1;
    const before = Math.floor(place);
    const value = sorted[before + 1] ?? 0;
    const edge = place === before ? middle(sorted[before] ?? 0, value) : value;
    if (edge !== edges.at(-1)) edges.push(edge);
  }
  return Float32Array.from(edges);
}

/** The distinct values, or undefined where there are more than `most`. */
function distinctValues(sorted: Float32Array, most: number): number[] | undefined {
  const distinct: number[] = [];
  let last = NaN;
  for (const value of sorted) {
    if (value === last) continue;
    if (distinct.length === most) return undefined;
    distinct.push(value);
    last = value;
  }
  return distinct;
}

/** Above every number: where a split parts missing values from all others. */
export const LARGEST_FLOAT = 3.4028234663852886e38;

const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);

/** The largest float32 that is at most the mean of two. */
export function middle(a: number, b: number): number {
  const mean = (a + b) / 2;
  const near = Math.fround(mean);
  if (near <= mean) return near;
  // One step towards −∞: the bits of floats of one sign are in their order. `near` is 0 for no mean below it.
  float[0] = near;
  bits[0] = (bits[0] ?? 0) + (near > 0 ? -1 : 1);
  return float[0];
}
