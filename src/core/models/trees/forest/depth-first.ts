import type { Criterion } from './criterion.ts';
import type { NodeSplitter, OpenNode, TreeSample } from './node-splitter.ts';
import { TreeList } from '../tree-list.ts';

/**
 * Grows one tree until leaves are pure, as scikit-learn's trees without a limit of leaves.
 * @param isPruned afterwards: then any node may be a leaf, and has a leaf's answer
 */
export function growDepthFirst(
  sample: TreeSample,
  splitter: NodeSplitter,
  criterion: Criterion,
  isPruned: boolean,
): TreeList {
  const trees = new TreeList(criterion.valueWidth);
  const open: OpenNode[] = [splitter.begin(sample, trees)];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const slot = open.length;
    trees.setRows(place.node, criterion.weight(slot));
    const found = splitter.find(place, slot, sample.random);
    if (found === undefined || isPruned) splitter.makeLeaf(place, slot, trees);
    if (found === undefined) continue;
    const [left, right] = splitter.part(place, found, sample.random, trees);
    criterion.divide(slot, slot + 1);
    open.push(right, left);
  }
  return trees;
}
