import type { RandomStream } from '#core/random.ts';
import type { Criterion } from './criterion.ts';
import type { NodeSplitter, OpenNode } from './node-splitter.ts';
import { pruned } from './prune-tree.ts';
import { TreeList, type GrownNodes } from './tree-list.ts';

/** Grows trees until leaves are pure, as scikit-learn's trees without a limit of leaves. */
export class DepthFirstGrower {
  readonly #splitter: NodeSplitter;
  readonly #criterion: Criterion;
  readonly #costOfLeaf: number;

  /** @param costOfLeaf what each leaf costs beside the impurity that is left, when the tree is pruned; 0 leaves it as it is */
  constructor(splitter: NodeSplitter, criterion: Criterion, costOfLeaf: number) {
    this.#splitter = splitter;
    this.#criterion = criterion;
    this.#costOfLeaf = costOfLeaf;
  }

  /** Grows a tree over some rows. @param weights of every row, in it or not */
  grow(rows: Int32Array, weights: Float64Array, random: RandomStream): GrownNodes {
    const costOfLeaf = this.#costOfLeaf;
    const splitter = this.#splitter;
    const { valueWidth } = this.#criterion;
    const trees = new TreeList(valueWidth);
    const open: OpenNode[] = [splitter.begin(rows, weights, trees)];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      const slot = open.length;
      trees.setRows(place.node, this.#criterion.weight(slot));
      const found = splitter.find(place, slot, random);
      // Any node may be a leaf after pruning.
      if (found === undefined || costOfLeaf > 0) splitter.makeLeaf(place, slot, trees);
      if (found === undefined) continue;
      const [left, right] = splitter.part(place, found, random, trees);
      this.#criterion.divide(slot, slot + 1);
      open.push(right, left);
    }
    return costOfLeaf > 0
      ? pruned(trees.grown, valueWidth, costOfLeaf * splitter.whole)
      : trees.grown;
  }
}
