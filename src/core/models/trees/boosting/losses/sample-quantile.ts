/**
 * A quantile of numbers as scikit-learn's losses take it: between two neighbours in proportion (NumPy's `linear`);
 * with weights, the smallest number up to which at least that share of the weight lies (`inverted_cdf`).
 */
export function sampleQuantile(
  values: Float64Array,
  weights: Float64Array | undefined,
  quantile: number,
): number {
  return weights === undefined
    ? between(values.slice().sort(), quantile)
    : weighted(values, weights, quantile);
}

function between(sorted: Float64Array, quantile: number): number {
  const place = (sorted.length - 1) * quantile;
  const before = Math.floor(place);
  const below = sorted[before] ?? 0;
  const above = sorted[before + 1] ?? below;
  return below + (above - below) * (place - before);
}

function weighted(values: Float64Array, weights: Float64Array, quantile: number): number {
  const order = Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  let total = 0;
  const upTo = Float64Array.from(order, (i) => (total += weights[i] ?? 0));
  const wanted = quantile * total;
  const place = upTo.findIndex((sum) => sum >= wanted && sum > 0);
  return values[order[place] ?? order.at(-1) ?? 0] ?? 0;
}
