import { weightOf, weightOfType, type WeightTensor } from '../weight-tensor.ts';

/**
 * The share of each feature in what all splits of all trees made the loss smaller by: LightGBM's importance by gain, and of
 * one tree scikit-learn's `feature_importances_`.
 * @returns [width], of sum 1; all 0 where no split gains anything
 */
export function gainImportances(weights: readonly WeightTensor[], width: number): Float64Array {
  return shares(gainsOf(weights, width).reduce(added, new Float64Array(width)));
}

/**
 * As `gainImportances` of each tree by itself, and the mean over the trees that split: scikit-learn's
 * `feature_importances_` of a forest (Breiman, 2001).
 */
export function meanImportances(weights: readonly WeightTensor[], width: number): Float64Array {
  return shares(gainsOf(weights, width).map(shares).reduce(added, new Float64Array(width)));
}

/** What each tree gained by each feature. */
function gainsOf(weights: readonly WeightTensor[], width: number): Float64Array[] {
  const starts = weightOfType(weights, 'tree_start', Int32Array).values;
  const features = weightOfType(weights, 'feature', Int32Array).values;
  const gains = weightOf(weights, 'gain').values;
  return Array.from(starts, (start, tree) => {
    const sums = new Float64Array(width);
    for (let node = start; node < (starts[tree + 1] ?? features.length); node += 1) {
      const feature = features[node] ?? -1;
      if (feature >= 0) sums[feature] = (sums[feature] ?? 0) + (gains[node] ?? 0);
    }
    return sums;
  });
}

function added(sums: Float64Array, more: Float64Array): Float64Array {
  return sums.map((sum, i) => sum + (more[i] ?? 0));
}

function shares(amounts: Float64Array): Float64Array {
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  return total > 0 ? amounts.map((amount) => amount / total) : amounts;
}
