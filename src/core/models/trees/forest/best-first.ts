import type { Criterion, FoundSplit } from './criterion.ts';
import { Frontier } from './frontier.ts';
import type { NodeSplitter, OpenNode, TreeSample } from './node-splitter.ts';
import { TreeList } from '../tree-list.ts';

/** A node whose split is known, and the slots of its sides' sums; a leaf without a split. */
interface SearchedNode {
  readonly place: OpenNode;
  readonly found: FoundSplit | undefined;
  readonly left: number;
  readonly right: number;
}

/**
 * Grows one tree of so many leaves at most, the split first that gains most, as scikit-learn's with `max_leaf_nodes`
 * (Shi, Best-first Decision Tree Learning, 2007).
 * @param isPruned afterwards: then any node may be a leaf, and has a leaf's answer
 */
export function growBestFirst(
  sample: TreeSample,
  splitter: NodeSplitter,
  criterion: Criterion,
  { maxLeaves, isPruned }: { readonly maxLeaves: number; readonly isPruned: boolean },
): TreeList {
  const { random } = sample;
  const trees = new TreeList(criterion.valueWidth);
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
  open(splitter.begin(sample, trees), 0);
  let leaves = 1;
  while (leaves < maxLeaves) {
    const best = frontier.pop();
    if (best === undefined) break;
    const { place, found, left, right } = best;
    if (found === undefined) continue;
    leaves += 1;
    if (!isPruned) trees.clearValue(place.node);
    const [leftPlace, rightPlace] = splitter.part(place, found, random, trees);
    open(leftPlace, left);
    open(rightPlace, right);
  }
  return trees;
}
