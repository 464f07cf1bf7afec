import type { WeightTensor } from '../weight-tensor.ts';
import { CategorySets, NO_SET } from './category-sets.ts';

export interface Split {
  readonly feature: number;
  /** Values up to here go left. */
  readonly threshold: number;
  readonly missingGoesLeft: boolean;
  /** What the split makes the loss smaller by, in the unit of the criterion. */
  readonly gain: number;
  /** Where the feature holds codes of categories, those that go left, each below 256; they have no threshold. */
  readonly categories?: readonly number[];
}

/** Trees while they grow: nodes one after the other, whichever tree they belong to. */
export class TreeList {
  readonly #starts: number[] = [];
  /** Room for nodes, twice as much when it is full. */
  #nodes: Nodes;
  #count = 0;
  readonly #sets = new CategorySets();
  /** How many numbers a leaf has. */
  readonly valueWidth: number;

  constructor(valueWidth = 1) {
    this.valueWidth = valueWidth;
    this.#nodes = nodesOf(64, valueWidth);
  }

  /** Begins a tree; its first node is its root. */
  startTree(): void {
    this.#starts.push(this.#count);
  }

  /** Adds a leaf of value 0, and gives its number. */
  addNode(rows: number): number {
    const node = this.#count;
    if (node === this.#nodes.feature.length) this.#grow();
    this.#nodes.feature[node] = -1;
    this.#nodes.rows[node] = rows;
    this.#nodes.set[node] = NO_SET;
    this.#count += 1;
    return node;
  }

  split(node: number, split: Split, children: Children): void {
    const { feature, threshold, missingGoesLeft, gain, categories } = split;
    const nodes = this.#nodes;
    if (categories !== undefined) nodes.set[node] = this.#sets.add(categories);
    nodes.feature[node] = feature;
    nodes.threshold[node] = threshold;
    nodes.missingLeft[node] = Number(missingGoesLeft);
    nodes.gain[node] = gain;
    nodes.left[node] = children.left;
    nodes.right[node] = children.right;
  }

  /** How much a node's training rows count, where that is not their number. */
  setRows(node: number, rows: number): void {
    this.#nodes.rows[node] = rows;
  }

  setValue(node: number, value: number, output = 0): void {
    this.#nodes.value[node * this.valueWidth + output] = value;
  }

  /** Takes a leaf's value away from what is one no more. */
  clearValue(node: number): void {
    this.#nodes.value.fill(0, node * this.valueWidth, (node + 1) * this.valueWidth);
  }

  /** A tree that was grown alone, without splits by categories: its nodes' numbers begin at 0. */
  append({ nodes, count }: GrownNodes): void {
    const first = this.#count;
    this.startTree();
    while (first + count > this.#nodes.feature.length) this.#grow();
    for (const name of nodeFields) {
      const width = name === 'value' ? this.valueWidth : 1;
      this.#nodes[name].set(nodes[name].subarray(0, count * width), first * width);
    }
    this.#count += count;
    const { feature, left, right } = this.#nodes;
    for (let node = first; node < this.#count; node += 1) {
      if (feature[node] === -1) continue;
      left[node] = (left[node] ?? 0) + first;
      right[node] = (right[node] ?? 0) + first;
    }
  }

  /** All nodes, to be appended to another list, also in another thread: not copied. */
  get grown(): GrownNodes {
    return { nodes: this.#nodes, count: this.#count };
  }

  /** Drops the trees from this one on. */
  cut(trees: number): void {
    this.#count = this.#starts[trees] ?? this.#count;
    this.#starts.length = Math.min(this.#starts.length, trees);
  }

  /** The trees from this one on, to predict with: views, until the next node is added. */
  treesFrom(tree: number): TreeNodes {
    const starts = Int32Array.from(this.#starts.slice(tree));
    const sets = this.#sets.view();
    return { ...this.#nodes, starts, valueWidth: this.valueWidth, ...(sets && { sets }) };
  }

  /**
   * The trees as tensors. Node numbers count through all trees; `feature` is −1 in a leaf, and only leaves have a value.
   * Where there are splits by categories, `set` numbers the rows of `sets`, a bit for each code that goes left.
   * `gain` is what each split makes the loss smaller by, and `rows` how much the training rows that came to a node count.
   */
  weights(baseline: Float64Array): readonly WeightTensor[] {
    const nodes = this.#nodes;
    const shape = [this.#count];
    const of = (name: string, values: Int32Array | Float32Array): WeightTensor => ({
      ...{ name, shape },
      values: values.slice(0, this.#count),
    });
    const starts = Int32Array.from(this.#starts);
    const kept = nodes.set.subarray(0, this.#count).reduce((most, set) => Math.max(most, set), -1);
    return [
      { name: 'tree_start', shape: [starts.length], values: starts },
      of('feature', nodes.feature),
      of('threshold', nodes.threshold),
      of('missing_left', nodes.missingLeft),
      of('left', nodes.left),
      of('right', nodes.right),
      {
        name: 'value',
        shape: [...shape, this.valueWidth],
        values: nodes.value.slice(0, this.#count * this.valueWidth),
      },
      of('gain', nodes.gain),
      of('rows', nodes.rows),
      { name: 'baseline', shape: [baseline.length], values: baseline },
      ...(kept < 0 ? [] : [of('set', nodes.set), this.#sets.weight(kept + 1)]),
    ];
  }

  #grow(): void {
    const old = this.#nodes;
    const grown = nodesOf(old.feature.length * 2, this.valueWidth);
    for (const name of nodeFields) grown[name].set(old[name]);
    this.#nodes = grown;
  }
}

/** Nodes of a list, and how many there are: arrays have more room. */
export interface GrownNodes {
  readonly nodes: Nodes;
  readonly count: number;
}

interface Nodes {
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly missingLeft: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly gain: Float32Array;
  readonly rows: Float32Array;
  readonly value: Float32Array;
  readonly set: Int32Array;
}

const nodeFields = [
  ...(['feature', 'threshold', 'missingLeft', 'left', 'right', 'set'] as const),
  ...(['gain', 'rows', 'value'] as const),
] as const satisfies readonly (keyof Nodes)[];

/** Some of the nodes, in the order given; they still lead to the numbers that they had. */
export function copyNodes(nodes: Nodes, kept: readonly number[], valueWidth: number): Nodes {
  const copy = nodesOf(kept.length, valueWidth);
  for (const name of nodeFields) {
    const width = name === 'value' ? valueWidth : 1;
    for (const [place, node] of kept.entries()) {
      copy[name].set(nodes[name].subarray(node * width, (node + 1) * width), place * width);
    }
  }
  return copy;
}

function nodesOf(room: number, valueWidth: number): Nodes {
  return {
    feature: new Int32Array(room),
    threshold: new Float32Array(room),
    missingLeft: new Int32Array(room),
    left: new Int32Array(room),
    right: new Int32Array(room),
    gain: new Float32Array(room),
    rows: new Float32Array(room),
    value: new Float32Array(room * valueWidth),
    set: new Int32Array(room),
  };
}

export interface Children {
  readonly left: number;
  readonly right: number;
}

/** What predicting needs of trees. */
export interface TreeNodes {
  readonly starts: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly missingLeft: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly value: Float32Array;
  readonly valueWidth: number;
  /** Splits by categories: per node the number of its set, or −1, and the sets. */
  readonly set?: Int32Array;
  readonly sets?: Int32Array;
}
