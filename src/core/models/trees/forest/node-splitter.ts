import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { RandomStream } from '#core/random.ts';
import { LARGEST_FLOAT, middle } from '../bin-edges.ts';
import type { Criterion, FoundSplit } from './criterion.ts';
import type { ForestFeatures } from './forest-features.ts';
import type { TreeList } from '../tree-list.ts';

/** As scikit-learn has it: differences of impurities below it are none. */
const ROUNDING = Number.EPSILON;

export interface SplitterOptions {
  /** Edges from the root to a leaf; 0 for any number. */
  readonly maxDepth: number;
  readonly leastRowsToSplit: number;
  readonly leastRows: number;
  /** Features that are tried at each node. */
  readonly tried: number;
  /** Whether one threshold per feature is drawn, instead of the best one found. */
  readonly drawsThresholds: boolean;
  /** A split that makes the impurity smaller by less than this share of all rows' is not made. */
  readonly leastDecrease: number;
  /** Leaves are multiplied by it. */
  readonly scale: number;
}

/** What one tree is grown from. */
export interface TreeSample {
  readonly rows: Int32Array;
  /** Of every row, in the tree or not. */
  readonly weights: Float64Array;
  readonly random: RandomStream;
}

/** A node of a growing tree: `count` of the tree's rows, from the `from`th on. */
export interface OpenNode {
  readonly node: number;
  readonly from: number;
  readonly count: number;
  readonly depth: number;
}

/**
 * Finds nodes' splits as scikit-learn's trees do, in whatever order they grow: features are tried in random order until
 * enough were and one of them parts the rows, and the best of them splits, whether or not it gains anything.
 */
export class NodeSplitter {
  readonly #machine: TreeMachine;
  readonly #features: ForestFeatures;
  readonly #criterion: Criterion;
  readonly #options: SplitterOptions;
  readonly #target: Float64Array;
  readonly #rows: Address;
  readonly #scratch: Address;
  readonly #goesLeft: Address;
  readonly #order: Int32Array;
  #whole = 1;

  constructor(
    machine: TreeMachine,
    features: ForestFeatures,
    criterion: Criterion,
    target: Float64Array,
    options: SplitterOptions,
  ) {
    this.#machine = machine;
    this.#features = features;
    this.#criterion = criterion;
    this.#target = target;
    this.#options = options;
    this.#rows = machine.memory.take(features.rows * 4);
    this.#scratch = machine.memory.take(features.rows * 4);
    this.#goesLeft = machine.memory.take(256);
    this.#order = Int32Array.from({ length: features.width }, (_, j) => j);
  }

  /** What gains are divided by to be impurities of all rows. */
  get whole(): number {
    return this.#whole;
  }

  /** Begins a tree, with its rows' sums in slot 0, and gives its root. */
  begin({ rows, weights }: TreeSample, trees: TreeList): OpenNode {
    const criterion = this.#criterion;
    this.#machine.memory.int32(this.#rows, rows.length).set(rows);
    criterion.begin(rows, weights);
    this.#whole = criterion.weight(0) / criterion.impurityUnit;
    for (const [j] of this.#order.entries()) this.#order[j] = j;
    trees.startTree();
    return { node: trees.addNode(rows.length), from: 0, count: rows.length, depth: 0 };
  }

  /** The split of a node whose sums are in a slot; undefined where it is a leaf. */
  find(place: OpenNode, slot: number, random: RandomStream): FoundSplit | undefined {
    const found = this.#maySplit(place) ? this.#search(place, slot, random) : undefined;
    if (found === undefined) return undefined;
    return found.gain / this.#whole + ROUNDING >= this.#options.leastDecrease ? found : undefined;
  }

  #maySplit({ from, count, depth }: OpenNode): boolean {
    const { maxDepth, leastRows, leastRowsToSplit } = this.#options;
    if (count < Math.max(2 * leastRows, leastRowsToSplit)) return false;
    if (maxDepth > 0 && depth >= maxDepth) return false;
    const { words } = this.#machine.memory;
    const start = this.#rows / 4 + from;
    const first = this.#target[words[start] ?? 0];
    for (let at = start + 1; at < start + count; at += 1) {
      if (this.#target[words[at] ?? 0] !== first) return true;
    }
    return false;
  }

  #search({ from, count }: OpenNode, slot: number, random: RandomStream): FoundSplit | undefined {
    const { tried, drawsThresholds } = this.#options;
    const order = this.#order;
    const node = { rows: this.#rows + from * 4, count, slot };
    let isParted = false;
    this.#criterion.reset();
    for (let i = 0; i < order.length && (i < tried || !isParted); i += 1) {
      const j = i + random.integer(order.length - i);
      const feature = order[j] ?? 0;
      order[j] = order[i] ?? 0;
      order[i] = feature;
      const draw = drawsThresholds ? 2 * random.uniform() : -1;
      if (this.#criterion.look(node, feature, draw)) isParted = true;
    }
    return this.#criterion.found(slot);
  }

  /** Parts a node's rows, and gives its children, the left one first. */
  part(
    { node, from, count, depth }: OpenNode,
    found: FoundSplit,
    random: RandomStream,
    trees: TreeList,
  ): readonly [OpenNode, OpenNode] {
    const { memory, kernels } = this.#machine;
    const { feature, lastLeft, missing } = found;
    const goesLeft = memory
      .bytes(this.#goesLeft, 256)
      .fill(0)
      .fill(1, 0, lastLeft + 1);
    if (missing === 'left') goesLeft[this.#features.missingOf(feature)] = 1;
    const leftCount = kernels.partitionRows(
      ...([this.#rows + from * 4, count, this.#features.columnOf(feature)] as const),
      ...([this.#goesLeft, this.#scratch] as const),
    );
    const [left, right] = [trees.addNode(leftCount), trees.addNode(count - leftCount)];
    const split = {
      ...{ feature, gain: found.gain, threshold: this.#thresholdOf(found, random) },
      missingGoesLeft: missing === 'none' ? leftCount > count - leftCount : missing === 'left',
    };
    trees.split(node, split, { left, right });
    return [
      { node: left, from, count: leftCount, depth: depth + 1 },
      { node: right, from: from + leftCount, count: count - leftCount, depth: depth + 1 },
    ];
  }

  /**
   * Halfway between the values on both sides, or drawn between them; where only missing values go right, above every
   * number.
   */
  #thresholdOf({ feature, lastLeft, firstRight }: FoundSplit, random: RandomStream): number {
    if (firstRight < 0) return LARGEST_FLOAT;
    const below = this.#features.largest(feature, lastLeft);
    const above = this.#features.smallest(feature, firstRight);
    if (!this.#options.drawsThresholds) return middle(below, above);
    const drawn = Math.fround(below + random.uniform() * (above - below));
    return drawn < above ? drawn : below;
  }

  /** Gives a node the answer of its slot's rows. */
  makeLeaf({ node }: OpenNode, slot: number, trees: TreeList): void {
    for (const [k, value] of this.#criterion.leaf(slot).entries()) {
      trees.setValue(node, value * this.#options.scale, k);
    }
  }
}
