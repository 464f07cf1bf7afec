import type { WeightTensor } from '../estimator.ts';

export interface Split {
  readonly feature: number;
  /** Values up to here go left. */
  readonly threshold: number;
  readonly missingGoesLeft: boolean;
  /** What the split makes the loss smaller by, in the unit of the criterion. */
  readonly gain: number;
}

/** Trees while they grow: nodes one after the other, whichever tree they belong to. */
export class TreeList {
  readonly #starts: number[] = [];
  readonly #feature: number[] = [];
  readonly #threshold: number[] = [];
  readonly #missingLeft: number[] = [];
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #gain: number[] = [];
  readonly #rows: number[] = [];
  readonly #value: number[] = [];
  /** How many numbers a leaf has. */
  readonly valueWidth: number;

  constructor(valueWidth = 1) {
    this.valueWidth = valueWidth;
  }

  get trees(): number {
    return this.#starts.length;
  }

  /** Begins a tree; its first node is its root. */
  startTree(): void {
    this.#starts.push(this.#feature.length);
  }

  /** Adds a leaf of value 0, and gives its number. */
  addNode(rows: number): number {
    const node = this.#feature.length;
    this.#feature.push(-1);
    for (const one of [this.#threshold, this.#missingLeft, this.#left, this.#right, this.#gain]) {
      one.push(0);
    }
    this.#rows.push(rows);
    for (let k = 0; k < this.valueWidth; k += 1) this.#value.push(0);
    return node;
  }

  split(node: number, { feature, threshold, missingGoesLeft, gain }: Split, children: Children) {
    this.#feature[node] = feature;
    this.#threshold[node] = threshold;
    this.#missingLeft[node] = Number(missingGoesLeft);
    this.#gain[node] = gain;
    this.#left[node] = children.left;
    this.#right[node] = children.right;
  }

  setValue(node: number, value: number, output = 0): void {
    this.#value[node * this.valueWidth + output] = value;
  }

  /** Drops the trees from this one on. */
  cut(trees: number): void {
    const nodes = this.#starts[trees];
    if (nodes === undefined) return;
    this.#starts.length = trees;
    this.#value.length = nodes * this.valueWidth;
    for (const one of [this.#feature, this.#threshold, this.#missingLeft]) one.length = nodes;
    for (const one of [this.#left, this.#right, this.#gain, this.#rows]) one.length = nodes;
  }

  /** The trees from this one on, to predict with. */
  treesFrom(tree: number): TreeNodes {
    const start = this.#starts[tree] ?? this.#feature.length;
    return {
      starts: Int32Array.from(this.#starts.slice(tree), (one) => one - start),
      feature: Int32Array.from(this.#feature.slice(start)),
      threshold: Float32Array.from(this.#threshold.slice(start)),
      missingLeft: Int32Array.from(this.#missingLeft.slice(start)),
      left: Int32Array.from(this.#left.slice(start), (one) => one - start),
      right: Int32Array.from(this.#right.slice(start), (one) => one - start),
      value: Float32Array.from(this.#value.slice(start * this.valueWidth)),
      valueWidth: this.valueWidth,
    };
  }

  /**
   * The trees as tensors. Node numbers count through all trees; `feature` is −1 in a leaf, and only leaves have a value.
   * `gain` is what each split makes the loss smaller by, and `rows` how many training rows came to a node.
   */
  weights(baseline: Float64Array): readonly WeightTensor[] {
    const nodes = this.treesFrom(0);
    const many = [nodes.feature.length];
    return [
      { name: 'tree_start', shape: [nodes.starts.length], values: nodes.starts },
      { name: 'feature', shape: many, values: nodes.feature },
      { name: 'threshold', shape: many, values: nodes.threshold },
      { name: 'missing_left', shape: many, values: nodes.missingLeft },
      { name: 'left', shape: many, values: nodes.left },
      { name: 'right', shape: many, values: nodes.right },
      { name: 'value', shape: [...many, this.valueWidth], values: nodes.value },
      { name: 'gain', shape: many, values: Float32Array.from(this.#gain) },
      { name: 'rows', shape: many, values: Int32Array.from(this.#rows) },
      { name: 'baseline', shape: [baseline.length], values: baseline },
    ];
  }
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
}
