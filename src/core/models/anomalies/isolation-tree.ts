import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { RandomStream } from '#core/random.ts';
import type { TreeList } from '../trees/tree-list.ts';
import { averagePathLength } from './path-length.ts';

/** A feature whose values lie no farther apart than this is constant, as in scikit-learn. */
const CONSTANT_WITHIN = 1e-7;

/**
 * Grows a tree over some rows that sets them apart by a random feature at a random place between its least and its largest
 * value, down to `deepest` or to rows that cannot be told apart. A leaf's value is its depth plus the mean path that its
 * rows would take to be told apart.
 */
export function growIsolationTree(
  trees: TreeList,
  features: FeatureMatrix,
  sample: Int32Array,
  deepest: number,
  random: RandomStream,
): void {
  const { width, values } = features;
  const order = Int32Array.from({ length: width }, (_, j) => j);
  trees.startTree();
  const root = trees.addNode(sample.length);
  const waiting = [{ node: root, rows: sample, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, rows, depth } = next;
    const cut =
      depth < deepest && rows.length > 1 ? randomCut(features, rows, order, random) : null;
    if (cut === null) {
      trees.setValue(node, depth + averagePathLength(rows.length));
      continue;
    }
    const { feature, threshold } = cut;
    const goesLeft = (row: number): boolean => (values[row * width + feature] ?? 0) <= threshold;
    const sides = [rows.filter(goesLeft), rows.filter((row) => !goesLeft(row))] as const;
    const children = {
      left: trees.addNode(sides[0].length),
      right: trees.addNode(sides[1].length),
    };
    trees.split(node, { feature, threshold, missingGoesLeft: true, gain: 0 }, children);
    waiting.push(
      { node: children.right, rows: sides[1], depth: depth + 1 },
      { node: children.left, rows: sides[0], depth: depth + 1 },
    );
  }
}

/** A cut of the first feature, in a random order, that varies in these rows; null where none does. */
function randomCut(
  { width, values }: FeatureMatrix,
  rows: Int32Array,
  order: Int32Array,
  random: RandomStream,
): { readonly feature: number; readonly threshold: number } | null {
  for (let tried = 0; tried < width; tried += 1) {
    const drawn = tried + random.integer(width - tried);
    const feature = order[drawn] ?? 0;
    order[drawn] = order[tried] ?? 0;
    order[tried] = feature;
    let [least, largest] = [Infinity, -Infinity];
    for (const row of rows) {
      const value = values[row * width + feature] ?? 0;
      if (value < least) least = value;
      if (value > largest) largest = value;
    }
    if (largest <= least + CONSTANT_WITHIN) continue;
    const threshold = Math.fround(least + random.uniform() * (largest - least));
    return { feature, threshold: threshold >= largest ? least : threshold };
  }
  return null;
}
