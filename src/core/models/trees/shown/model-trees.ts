import type { TreeAttributes } from '#core/onnx/read-trees.ts';

/** A node of one tree, numbered within it; the root is 0. */
export interface TreeNode {
  readonly node: number;
  readonly depth: number;
  /** How much its training rows count. */
  readonly rows: number;
  /** One number per output: of a leaf what it says, of a split the mean of the leaves below, by their rows. */
  readonly says: Float64Array;
  readonly split?: NodeSplit;
  /** Leaves below it; 1 of a leaf itself. */
  leaves: number;
}

export interface NodeSplit {
  readonly feature: number;
  /** Values up to here go left. */
  readonly threshold: number;
  /** Codes that go left, in the place of a threshold. */
  readonly codes?: readonly number[];
  readonly missingGoesLeft: boolean;
  readonly left: number;
  readonly right: number;
}

/** The trees of a model file, one at a time. */
export class ModelTrees {
  readonly #listed: Listed;
  /** Where each tree begins, and where the last one ends. */
  readonly #starts: readonly number[];
  readonly #targets: Targets;
  readonly #outputs: number;

  /** @param outputs how many numbers the trees give together */
  constructor(attributes: TreeAttributes, outputs: number) {
    const { numbers, texts } = attributes;
    const trees = numbers('nodes_treeids');
    this.#starts = [...startsOf(trees), trees.length];
    const at = placesOf(trees, numbers('nodes_nodeids'), this.#starts);
    const inOrder = (name: string) => ordered(numbers(name), at);
    const modes = texts('nodes_modes');
    this.#listed = {
      feature: inOrder('nodes_featureids'),
      value: inOrder('nodes_values'),
      yes: inOrder('nodes_truenodeids'),
      no: inOrder('nodes_falsenodeids'),
      missingIsYes: inOrder('nodes_missing_value_tracks_true'),
      rows: inOrder('nodes_hitrates'),
      isLeaf: ordered(
        modes.map((mode) => Number(mode === 'LEAF')),
        at,
      ),
      isEqual: ordered(
        modes.map((mode) => Number(mode === 'BRANCH_EQ')),
        at,
      ),
    };
    this.#targets = targetsOf(attributes, this.#starts);
    this.#outputs = outputs;
  }

  get count(): number {
    return this.#starts.length - 1;
  }

  /**
   * A tree's nodes by their numbers. Chains of nodes that ask for one category after the other are one split again.
   * @param tree from 0; one that is not there has no nodes
   */
  tree(tree: number): ReadonlyMap<number, TreeNode> {
    const nodes = new Map<number, TreeNode>();
    const start = this.#starts[tree];
    if (start === undefined || tree >= this.count) return nodes;
    const open = [{ node: 0, depth: 0 }];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      const { node, depth } = place;
      // A damaged file may lead back to where one was.
      if (nodes.has(node)) continue;
      const split = this.#splitAt(start, node);
      const rows = this.#listed.rows[start + node] ?? 0;
      const says = this.#targets.of(start + node, this.#outputs);
      nodes.set(node, { node, depth, rows, says, leaves: 1, ...(split && { split }) });
      if (split === undefined) continue;
      open.push({ node: split.right, depth: depth + 1 }, { node: split.left, depth: depth + 1 });
    }
    // Children come after their parents.
    for (const one of [...nodes.values()].reverse()) if (one.split) sumUp(one, one.split, nodes);
    return nodes;
  }

  #splitAt(start: number, node: number): NodeSplit | undefined {
    const { feature, value, yes, no, missingIsYes, isLeaf, isEqual } = this.#listed;
    if (isLeaf[start + node] === 1) return undefined;
    const own = {
      feature: feature[start + node] ?? 0,
      threshold: value[start + node] ?? 0,
      missingGoesLeft: missingIsYes[start + node] === 1,
      left: yes[start + node] ?? 0,
    };
    if (isEqual[start + node] !== 1) return { ...own, right: no[start + node] ?? 0 };
    const codes: number[] = [];
    let last = node;
    for (let at = node; isEqual[start + at] === 1 && yes[start + at] === own.left; at = last) {
      codes.push(value[start + at] ?? 0);
      last = no[start + at] ?? 0;
    }
    return { ...own, codes, right: last };
  }
}

/** Nodes in the order of trees, and of their numbers within a tree. */
interface Listed {
  readonly feature: Float64Array;
  readonly value: Float64Array;
  readonly yes: Float64Array;
  readonly no: Float64Array;
  readonly missingIsYes: Float64Array;
  readonly rows: Float64Array;
  readonly isLeaf: Float64Array;
  readonly isEqual: Float64Array;
}

/** Trees are listed one after the other. */
function startsOf(trees: readonly number[]): number[] {
  return trees.flatMap((tree, at) => (at === 0 || tree !== trees[at - 1] ? [at] : []));
}

function placesOf(
  trees: readonly number[],
  nodes: readonly number[],
  starts: readonly number[],
): Int32Array {
  return Int32Array.from(nodes, (node, i) => (starts[trees[i] ?? 0] ?? 0) + node);
}

function ordered(values: readonly number[], at: Int32Array): Float64Array {
  const places = new Float64Array(at.length);
  for (const [i, value] of values.entries()) places[at[i] ?? 0] = value;
  return places;
}

/** What leaves say; a leaf's numbers are listed one after the other. */
interface Targets {
  of(place: number, outputs: number): Float64Array;
}

function targetsOf({ numbers }: TreeAttributes, starts: readonly number[]): Targets {
  const trees = numbers('target_treeids');
  const nodes = numbers('target_nodeids');
  const ids = numbers('target_ids');
  const weights = numbers('target_weights');
  const placeOf = (i: number) => (starts[trees[i] ?? 0] ?? 0) + (nodes[i] ?? 0);
  const firsts = new Int32Array(starts.at(-1) ?? 0).fill(trees.length);
  for (let i = trees.length - 1; i >= 0; i -= 1) firsts[placeOf(i)] = i;
  return {
    of(place, outputs) {
      const says = new Float64Array(outputs);
      let i = firsts[place] ?? trees.length;
      for (; i < trees.length && placeOf(i) === place; i += 1) says[ids[i] ?? 0] = weights[i] ?? 0;
      return says;
    },
  };
}

function sumUp(node: TreeNode, split: NodeSplit, nodes: ReadonlyMap<number, TreeNode>): void {
  const sides = [nodes.get(split.left), nodes.get(split.right)];
  const total = sides.reduce((sum, side) => sum + (side?.rows ?? 0), 0);
  node.leaves = sides.reduce((sum, side) => sum + (side?.leaves ?? 0), 0);
  for (const side of sides) {
    const share = total > 0 ? (side?.rows ?? 0) / total : 0.5;
    for (const [k, own] of (side?.says ?? []).entries()) {
      node.says[k] = (node.says[k] ?? 0) + share * own;
    }
  }
}
