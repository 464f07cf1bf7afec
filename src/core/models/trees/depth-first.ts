import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { RandomStream } from '#core/random.ts';
import { LARGEST_FLOAT, middle } from './bin-edges.ts';
import type { Criterion, FoundSplit } from './criterion.ts';
import type { ForestFeatures } from './forest-features.ts';
import { pruned } from './prune-tree.ts';
import { TreeList, type GrownNodes } from './tree-list.ts';

/** As scikit-learn has it: differences of impurities below it are none. */
const ROUNDING = Number.EPSILON;

export interface DepthFirstOptions {
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
  /** What each leaf costs beside the impurity that is left, when the tree is pruned; 0 leaves it as it is. */
  readonly costOfLeaf: number;
  /** Leaves are multiplied by it. */
  readonly scale: number;
}

interface OpenNode {
  readonly node: number;
  readonly from: number;
  readonly count: number;
  readonly depth: number;
}

/**
 * Grows trees until leaves are pure, as scikit-learn's trees: at each node features are tried in random order until
 * enough were and one of them parts the rows, and the best of them splits, whether or not it gains anything.
 */
export class DepthFirstGrower {
  readonly #machine: TreeMachine;
  readonly #features: ForestFeatures;
  readonly #criterion: Criterion;
  readonly #options: DepthFirstOptions;
  readonly #target: Float64Array;
  readonly #rows: Address;
  readonly #scratch: Address;
  readonly #goesLeft: Address;
  readonly #order: Int32Array;

  constructor(
    machine: TreeMachine,
    features: ForestFeatures,
    criterion: Criterion,
    target: Float64Array,
    options: DepthFirstOptions,
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

  /** Grows a tree over some rows. @param weights of every row, in it or not */
  grow(rows: Int32Array, weights: Float64Array, random: RandomStream): GrownNodes {
    const { leastDecrease, costOfLeaf } = this.#options;
    const { valueWidth, impurityUnit } = this.#criterion;
    const trees = new TreeList(valueWidth);
    this.#machine.memory.int32(this.#rows, rows.length).set(rows);
    this.#criterion.begin(rows, weights);
    /** What gains are divided by to be impurities of all rows. */
    const whole = this.#criterion.weight(0) / impurityUnit;
    for (const [j] of this.#order.entries()) this.#order[j] = j;
    trees.startTree();
    const open: OpenNode[] = [
      { node: trees.addNode(rows.length), from: 0, count: rows.length, depth: 0 },
    ];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      const slot = open.length;
      trees.setRows(place.node, this.#criterion.weight(slot));
      const found = this.#maySplit(place) ? this.#search(place, slot, random) : undefined;
      const isWorthIt = found !== undefined && found.gain / whole + ROUNDING >= leastDecrease;
      // Any node may be a leaf after pruning.
      if (!isWorthIt || costOfLeaf > 0) this.#makeLeaf(place, slot, trees);
      if (isWorthIt) {
        const [left, right] = this.#part(place, found, random, trees);
        this.#criterion.divide(slot);
        open.push(right, left);
      }
    }
    return costOfLeaf > 0 ? pruned(trees.grown, valueWidth, costOfLeaf * whole) : trees.grown;
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

  #part(
    { node, from, count, depth }: OpenNode,
    found: FoundSplit,
    random: RandomStream,
    trees: TreeList,
  ) {
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
    ] as const;
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

  #makeLeaf({ node }: OpenNode, slot: number, trees: TreeList): void {
    for (const [k, value] of this.#criterion.leaf(slot).entries()) {
      trees.setValue(node, value * this.#options.scale, k);
    }
  }
}
