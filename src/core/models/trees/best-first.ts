import type { RandomStream } from '#core/random.ts';
import type { Criterion, FoundSplit } from './criterion.ts';
import { Frontier } from './frontier.ts';
import type { NodeSplitter, OpenNode } from './node-splitter.ts';
import { pruned } from './prune-tree.ts';
import { TreeList, type GrownNodes } from './tree-list.ts';

export interface BestFirstOptions {
  readonly maxLeaves: number;
  /** What each leaf costs beside the impurity that is left, when the tree is pruned; 0 leaves it as it is. */
  readonly costOfLeaf: number;
}

/** A node whose split is known, and the slots of its sides' sums; a leaf without a split. */
interface SearchedNode {
  readonly place: OpenNode;
  readonly found: FoundSplit | undefined;
  readonly left: number;
  readonly right: number;
}

/**
 * Grows trees of so many leaves at most, the split first that gains most, as scikit-learn's with `max_leaf_nodes` (Shi,
 * Best-first Decision Tree Learning, 2007).
 */
export class BestFirstGrower {
  readonly #splitter: NodeSplitter;
  readonly #criterion: Criterion;
  readonly #options: BestFirstOptions;

  constructor(splitter: NodeSplitter, criterion: Criterion, options: BestFirstOptions) {
    this.#splitter = splitter;
    this.#criterion = criterion;
    this.#options = options;
  }

  /** Grows a tree over some rows. @param weights of every row, in it or not */
  grow(rows: Int32Array, weights: Float64Array, random: RandomStream): GrownNodes {
    const { maxLeaves, costOfLeaf } = this.#options;
    const splitter = this.#splitter;
    const criterion = this.#criterion;
    const { valueWidth } = criterion;
    const trees = new TreeList(valueWidth);
    const frontier = new Frontier<SearchedNode>(({ found }) => found?.gain ?? 0);
    const spare: number[] = [];
    let slots = 1;
    const open = (place: OpenNode, slot: number): void => {
      trees.setRows(place.node, criterion.weight(slot));
      splitter.makeLeaf(place, slot, trees);
      const found = splitter.find(place, slot, random);
      if (found === undefined) {
        spare.push(slot);
        return frontier.push({ place, found, left: slot, right: slot });
      }
      const left = spare.pop() ?? slots++;
      // What the search says of the left side is there until the next one alone.
      criterion.divide(slot, left);
      frontier.push({ place, found, left, right: slot });
    };
    open(splitter.begin(rows, weights, trees), 0);
    let leaves = 1;
    while (leaves < maxLeaves) {
      const best = frontier.pop();
      if (best === undefined) break;
      const { place, found, left, right } = best;
      if (found === undefined) continue;
      leaves += 1;
      // Any node may be a leaf after pruning.
      if (costOfLeaf === 0) trees.clearValue(place.node);
      const [leftPlace, rightPlace] = splitter.part(place, found, random, trees);
      open(leftPlace, left);
      open(rightPlace, right);
    }
    return costOfLeaf > 0
      ? pruned(trees.grown, valueWidth, costOfLeaf * splitter.whole)
      : trees.grown;
  }
}
