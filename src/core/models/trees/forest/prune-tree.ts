import { copyNodes, type GrownNodes } from '../tree-list.ts';

/**
 * Minimal cost-complexity pruning (Breiman and others, Classification and Regression Trees, 1984, chapter 3): the smallest
 * of the subtrees with the least cost, where the cost is what is left of the loss and `alpha` for each leaf.
 * @param grown one tree, its root first and children behind their parents; every node has the value that it has as a leaf
 * @param alpha in the unit of the nodes' gains
 */
export function pruned(grown: GrownNodes, valueWidth: number, alpha: number): GrownNodes {
  const { nodes, count } = grown;
  const { feature, left, right, gain } = nodes;
  /** Of the subtree below a node as it will be: what its splits gain, and its leaves. */
  const gains = new Float64Array(count);
  const leaves = new Int32Array(count).fill(1);
  for (let node = count - 1; node >= 0; node -= 1) {
    if ((feature[node] ?? -1) < 0) continue;
    const [one, other] = [left[node] ?? 0, right[node] ?? 0];
    const below = (gain[node] ?? 0) + (gains[one] ?? 0) + (gains[other] ?? 0);
    const ends = (leaves[one] ?? 0) + (leaves[other] ?? 0);
    if (below <= alpha * (ends - 1)) continue;
    gains[node] = below;
    leaves[node] = ends;
  }
  const kept: number[] = [];
  const places = new Int32Array(count);
  const isThere = new Uint8Array(count);
  isThere[0] = 1;
  for (let node = 0; node < count; node += 1) {
    if (isThere[node] === 0) continue;
    places[node] = kept.length;
    kept.push(node);
    if (leaves[node] === 1) continue;
    isThere[left[node] ?? 0] = 1;
    isThere[right[node] ?? 0] = 1;
  }
  const copy = copyNodes(nodes, kept, valueWidth);
  for (const [place, node] of kept.entries()) {
    if (leaves[node] === 1) {
      copy.feature[place] = -1;
      for (const field of ['threshold', 'missingLeft', 'left', 'right', 'gain'] as const) {
        copy[field][place] = 0;
      }
      continue;
    }
    copy.left[place] = places[left[node] ?? 0] ?? 0;
    copy.right[place] = places[right[node] ?? 0] ?? 0;
    copy.value.fill(0, place * valueWidth, (place + 1) * valueWidth);
  }
  return { nodes: copy, count: kept.length };
}
