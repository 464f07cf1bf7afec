import { LARGEST_FLOAT } from './bin-edges.ts';
import { codesOf, NO_SET } from './category-sets.ts';
import type { TreeNodes } from './tree-list.ts';

/** Nodes as ai.onnx.ml's trees list them: row by row, numbers of nodes within their tree. */
export interface GraphNodes {
  readonly tree: number[];
  readonly id: number[];
  readonly feature: number[];
  readonly mode: ('LEAF' | 'BRANCH_LEQ' | 'BRANCH_EQ')[];
  readonly value: number[];
  readonly yes: number[];
  readonly no: number[];
  readonly missingIsYes: number[];
  readonly rows: number[];
}

/**
 * A split by categories becomes a chain of nodes, each of which asks for one category: all of them lead to the same left
 * child, and each to the next one otherwise. Version 3 of the operator set has no nodes that ask for a set; runtimes take
 * such chains, which converters of LightGBM write too, and onnxruntime makes sets of them.
 *
 * @param rows of each node, how much its training rows count
 */
export function graphNodes(trees: TreeNodes, rows: Float32Array): GraphNodes {
  const { starts, feature, threshold, missingLeft, left, right, set, sets } = trees;
  const nodes: GraphNodes = {
    ...{ tree: [], id: [], feature: [], mode: [], value: [] },
    ...{ yes: [], no: [], missingIsYes: [], rows: [] },
  };
  for (const [tree, start] of starts.entries()) {
    const end = starts[tree + 1] ?? feature.length;
    let unused = end - start;
    for (let node = start; node < end; node += 1) {
      const asked = feature[node] ?? -1;
      const isLeaf = asked < 0;
      const own = set?.[node] ?? NO_SET;
      const codes = sets === undefined || own === NO_SET ? [] : codesOf(sets, own);
      const isSet = codes.length > 0;
      // Where missing values alone go left, no number does.
      const limit = own === NO_SET ? (threshold[node] ?? 0) : -LARGEST_FLOAT;
      let id = node - start;
      for (const [i, value] of (isSet ? codes : [limit]).entries()) {
        const isLast = i === Math.max(1, codes.length) - 1;
        const next = isLast ? (right[node] ?? 0) - start : unused;
        nodes.tree.push(tree);
        nodes.id.push(id);
        nodes.feature.push(Math.max(0, asked));
        nodes.mode.push(isLeaf ? 'LEAF' : isSet ? 'BRANCH_EQ' : 'BRANCH_LEQ');
        nodes.value.push(value);
        nodes.yes.push(isLeaf ? 0 : (left[node] ?? 0) - start);
        nodes.no.push(isLeaf ? 0 : next);
        nodes.missingIsYes.push(missingLeft[node] ?? 0);
        nodes.rows.push(rows[node] ?? 0);
        id = unused;
        if (!isLast) unused += 1;
      }
    }
  }
  return nodes;
}
