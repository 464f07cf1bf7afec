import type { FeatureMatrix } from '#core/features/matrix.ts';
import { weightOf, weightOfType, type WeightTensor } from '../weight-tensor.ts';
import { isInSet, NO_SET } from './category-sets.ts';
import type { TreeNodes } from './tree-list.ts';

/** The trees in a model's weights. */
export function treesOf(weights: readonly WeightTensor[]): TreeNodes {
  const integers = (name: string) => weightOfType(weights, name, Int32Array).values;
  const value = weightOf(weights, 'value');
  const hasSets = weights.some(({ name }) => name === 'sets');
  return {
    ...(hasSets && { set: integers('set'), sets: integers('sets') }),
    starts: integers('tree_start'),
    feature: integers('feature'),
    threshold: weightOf(weights, 'threshold').values,
    missingLeft: integers('missing_left'),
    left: integers('left'),
    right: integers('right'),
    value: value.values,
    valueWidth: value.shape[1] ?? 1,
  };
}

/**
 * Adds to each row's scores [rows, outputs] the values of the leaves it comes to. Trees of one value take turns with
 * the outputs: tree t is of output t modulo outputs.
 */
export function addTrees(
  trees: TreeNodes,
  { rows, width, values }: FeatureMatrix,
  scores: Float64Array,
  outputs: number,
): void {
  const { feature, threshold, missingLeft, left, right, value, valueWidth, set, sets } = trees;
  for (const [t, root] of trees.starts.entries()) {
    const first = valueWidth === 1 ? t % outputs : 0;
    for (let i = 0; i < rows; i += 1) {
      let node = root;
      let at = feature[node] ?? -1;
      while (at >= 0) {
        const x = values[i * width + at] ?? 0;
        const goesLeft =
          sets !== undefined && (set?.[node] ?? NO_SET) >= 0
            ? isInSet(sets, set?.[node] ?? NO_SET, x) || (x !== x && missingLeft[node] === 1)
            : x <= (threshold[node] ?? 0) || (x !== x && missingLeft[node] === 1);
        node = (goesLeft ? left[node] : right[node]) ?? 0;
        at = feature[node] ?? -1;
      }
      for (let k = 0; k < valueWidth; k += 1) {
        const place = i * outputs + first + k;
        scores[place] = (scores[place] ?? 0) + (value[node * valueWidth + k] ?? 0);
      }
    }
  }
}
