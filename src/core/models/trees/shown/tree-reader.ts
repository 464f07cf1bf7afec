import * as v from 'valibot';
import { inputError } from '#core/errors.ts';
import { numberMeaning } from '#core/features/meaning.ts';
import { exp, ln } from '#core/math.ts';
import { readMetadata } from '#core/onnx/metadata.ts';
import { readTreeAttributes } from '#core/onnx/read-trees.ts';
import type { Contract } from '#core/spec/contract.ts';
import { conditionOf, type Condition } from './conditions.ts';
import { ModelTrees, type NodeSplit, type TreeNode } from './model-trees.ts';
import type { ShownNode, ShownTree } from './shown-tree.ts';
import { TREES_KEY, treeLegendSchema, type TreeLegend } from './tree-legend.ts';

/** The trees of a model file, as a person reads them; the tree that was last asked for is kept. */
export class TreeReader {
  readonly #contract: Contract;
  readonly #legend: TreeLegend;
  readonly #features: ReadonlyMap<number, TreeLegend['features'][number]>;
  readonly #trees: ModelTrees;
  #kept: { readonly tree: number; readonly nodes: ReadonlyMap<number, TreeNode> } | null = null;

  /** @throws TerrariumError `no_trees` where the model has none, or `not_onnx` */
  constructor(bytes: Uint8Array, contract: Contract) {
    const text = readMetadata(bytes).get(TREES_KEY);
    const attributes = readTreeAttributes(bytes);
    const legend = text === undefined ? undefined : v.safeParse(treeLegendSchema, JSON.parse(text));
    if (legend?.success !== true || attributes === undefined) throw noTrees();
    this.#contract = contract;
    this.#legend = legend.output;
    this.#features = new Map(legend.output.features.map((one) => [one.index, one]));
    this.#trees = new ModelTrees(attributes, this.#outputs);
  }

  get count(): number {
    return this.#trees.count;
  }

  /**
   * A branch of a tree, down to so many splits below its first node.
   * @param place the tree from 0, and the node that the branch begins with: 0 for all of it
   */
  branch(place: { readonly tree: number; readonly node: number }, splits: number): ShownTree {
    const { tree, node } = place;
    const nodes = this.#nodes(tree);
    const first = nodes.get(node);
    if (first === undefined) throw noNode(tree, node, this.count);
    const all = [...nodes.values()];
    const ends = all.filter(({ split }) => split === undefined);
    const said = ends.map((leaf) => this.#said(leaf, tree)[0] ?? 0);
    const isShares = this.#says === 'shares';
    const { impurity } = this.#legend;
    return {
      ...{ trees: this.count, tree, says: this.#says, target: this.#contract.target.name },
      classes: this.#classes(tree),
      ...(impurity && { impurity }),
      range: isShares
        ? [0, 1]
        : [said.reduce((a, b) => Math.min(a, b)), said.reduce((a, b) => Math.max(a, b))],
      leaves: ends.length,
      depth: all.reduce((most, { depth }) => Math.max(most, depth), 0),
      root: this.#shown(first, tree, nodes, splits),
    };
  }

  #nodes(tree: number): ReadonlyMap<number, TreeNode> {
    if (this.#kept?.tree !== tree) this.#kept = { tree, nodes: this.#trees.tree(tree) };
    return this.#kept.nodes;
  }

  #shown(
    one: TreeNode,
    tree: number,
    nodes: ReadonlyMap<number, TreeNode>,
    splits: number,
  ): ShownNode {
    const { node, depth, rows, leaves, split } = one;
    const says = this.#said(one, tree);
    const { impurity } = this.#legend;
    const shown = {
      ...{ node, depth, rows, leaves, says },
      ...(impurity && { impurity: impurityOf(says, impurity) }),
    };
    if (split === undefined) return shown;
    const conditions = this.#condition(split);
    const [left, right] = [nodes.get(split.left), nodes.get(split.right)];
    if (splits === 0 || left === undefined || right === undefined) {
      return { ...shown, split: { conditions } };
    }
    const child = (next: TreeNode) => this.#shown(next, tree, nodes, splits - 1);
    return { ...shown, split: { conditions, children: [child(left), child(right)] } };
  }

  #condition(split: NodeSplit): Condition {
    const { meaning, missing } = this.#features.get(split.feature) ?? {
      meaning: numberMeaning(`feature ${split.feature}`),
      missing: false,
    };
    return conditionOf(meaning, split, missing);
  }

  get #outputs(): number {
    const { classes } = this.#contract.target;
    if (classes === undefined) return 1;
    return this.#legend.answers === 'added' && classes.length === 2 ? 1 : classes.length;
  }

  get #says(): ShownTree['says'] {
    const { answers, logarithms } = this.#legend;
    const isClasses = this.#contract.target.classes !== undefined;
    if (answers === 'averaged') return isClasses ? 'shares' : 'value';
    if (isClasses) return 'score';
    return logarithms === true ? 'factor' : 'change';
  }

  /** Of a score one class: trees take turns with them, and of two classes the second is scored. */
  #classes(tree: number): readonly string[] {
    const { classes = [] } = this.#contract.target;
    if (this.#says !== 'score') return classes;
    return classes.slice(classes.length === 2 ? 1 : tree % classes.length).slice(0, 1);
  }

  /** In the unit that is shown. A forest's leaves are divided by the number of its trees. */
  #said({ says }: TreeNode, tree: number): readonly number[] {
    const { mean = 0, standardDeviation = 1 } = this.#contract.target;
    const own = says[tree % says.length] ?? 0;
    switch (this.#says) {
      case 'shares':
        return Array.from(says, (share) => share * this.count);
      case 'value':
        return [own * this.count * standardDeviation + mean];
      case 'score':
        return [own];
      case 'change':
        return [own * standardDeviation];
      case 'factor':
        return [exp(own)];
    }
  }
}

/** Gini's impurity, or the entropy in bits, as scikit-learn gives them. */
export function impurityOf(shares: readonly number[], kind: 'gini' | 'entropy'): number {
  if (kind === 'gini') return 1 - shares.reduce((sum, share) => sum + share * share, 0);
  return -shares.reduce((sum, share) => sum + (share > 0 ? (share * ln(share)) / ln(2) : 0), 0);
}

function noTrees() {
  return inputError(
    'no_trees',
    'The model has no trees that can be shown.',
    'Give the model.onnx of a decision tree, a forest or gradient boosting.',
  );
}

function noNode(tree: number, node: number, trees: number) {
  return inputError(
    'no_such_tree',
    `The model has no node ${node} in a tree ${tree + 1}.`,
    `It has ${trees} trees, numbered from 1.`,
  );
}
