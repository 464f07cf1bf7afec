import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import { LARGEST_FLOAT } from './bin-edges.ts';
import type { BinnedFeatures } from './binned-features.ts';
import type { FixedPoint } from './fixed-point.ts';
import { NodeHistograms } from './node-histograms.ts';
import { boundsBelow, difference, judge, NO_BOUNDS, type Place } from './node-place.ts';
import { SplitSearch, type Found, type SearchOptions } from './split-search.ts';
import type { Children, Split, TreeList } from './tree-list.ts';

export interface LeafWiseOptions extends SearchOptions {
  readonly maxLeaves: number;
  /** Edges from the root to a leaf; 0 for any number. */
  readonly maxDepth: number;
  /** Leaves are multiplied by it. */
  readonly learningRate: number;
}

/** A leaf with its rows: `count` numbers in a list of rows. */
export interface GrownLeaf {
  readonly node: number;
  readonly rows: Address;
  readonly count: number;
  readonly value: number;
}

interface OpenNode extends Place {
  readonly histogram: Address;
  readonly found: Found;
}

/** What one tree is grown with, and how far it is. */
interface Growth {
  /** Gradient, hessian and count of every row, as in a bin. */
  readonly sums: Address;
  readonly unit: FixedPoint;
  readonly trees: TreeList;
  readonly open: OpenNode[];
  readonly leaves: GrownLeaf[];
}

/**
 * Grows trees leaf by leaf, the one with the largest gain first, as LightGBM and scikit-learn's
 * HistGradientBoosting do: the smaller child's histogram is built from its rows, the larger one's is what is left of
 * their parent's.
 */
export class LeafWiseGrower {
  readonly #machine: TreeMachine;
  readonly #binned: BinnedFeatures;
  readonly #options: LeafWiseOptions;
  readonly #histograms: NodeHistograms;
  readonly #search: SplitSearch;
  readonly #rows: Address;
  readonly #scratch: Address;
  readonly #allRows: Int32Array;
  readonly #goesLeft: Address;
  readonly #totals: Address;

  constructor(machine: TreeMachine, binned: BinnedFeatures, options: LeafWiseOptions) {
    const { memory } = machine;
    this.#machine = machine;
    this.#binned = binned;
    this.#options = options;
    this.#histograms = new NodeHistograms(machine, binned);
    this.#search = new SplitSearch(machine, binned, options);
    this.#rows = memory.take(binned.rows * 4);
    this.#scratch = memory.take(binned.rows * 4);
    this.#allRows = Int32Array.from({ length: binned.rows }, (_, i) => i);
    this.#goesLeft = memory.take(256);
    this.#totals = memory.take(16);
  }

  /** Adds a tree to a list. @param sums gradient, hessian and count of every row, as in a bin */
  grow(sums: Address, unit: FixedPoint, trees: TreeList): GrownLeaf[] {
    const { maxLeaves } = this.#options;
    const growth: Growth = { sums, unit, trees, open: [], leaves: [] };
    const { open, leaves } = growth;
    trees.startTree();
    const root = this.#root(growth);
    this.#settle(root, this.#maySplit(root) ? this.#build(root, sums) : undefined, growth);
    while (open.length > 0 && leaves.length + open.length < maxLeaves) {
      const parent = takeBest(open);
      const [left, right] = this.#part(parent, growth);
      if (leaves.length + open.length + 2 >= maxLeaves) {
        this.#histograms.giveBack(parent.histogram);
        leaves.push(this.#leaf(left), this.#leaf(right));
      } else this.#divide(parent, left, right, growth);
    }
    for (const place of open) {
      this.#histograms.giveBack(place.histogram);
      leaves.push(this.#leaf(place));
    }
    for (const { node, value } of leaves) trees.setValue(node, value);
    return leaves;
  }

  #root({ sums, unit, trees }: Growth): Place {
    const { memory, kernels } = this.#machine;
    const { rows } = this.#binned;
    memory.int32(this.#rows, rows).set(this.#allRows);
    kernels.sumBins(sums, rows, this.#totals);
    const [gradient = 0n, counted = 0n] = memory.uint64(this.#totals, 2);
    return {
      ...{ node: trees.addNode(rows), from: 0, count: rows, depth: 0, bounds: NO_BOUNDS },
      ...judge({ gradient, counted }, unit, this.#options.l2, NO_BOUNDS),
    };
  }

  #maySplit({ count, depth }: Place): boolean {
    const { leastRows, maxDepth } = this.#options;
    return count >= 2 * leastRows && (maxDepth === 0 || depth < maxDepth);
  }

  #build({ from, count }: Place, sums: Address): Address {
    return this.#histograms.build(this.#rows + from * 4, count, sums);
  }

  /** Makes the children of a node: parts its rows, and gives each the sums of its side. */
  #part({ node, from, count, depth, sum, found, bounds }: OpenNode, growth: Growth) {
    const { unit, trees } = growth;
    const { l2, directions } = this.#options;
    const leftCount = this.#partRows(found, from, count);
    const children: Children = {
      left: trees.addNode(leftCount),
      right: trees.addNode(count - leftCount),
    };
    trees.split(node, this.#splitOf(found, leftCount, count), children);
    const left = judge(found.left, unit, l2, bounds);
    const right = judge(difference(sum, found.left), unit, l2, bounds);
    const direction = directions?.[found.feature] ?? 0;
    const below = boundsBelow(bounds, direction, left.value, right.value);
    const side = { depth: depth + 1 };
    return [
      { ...side, ...left, node: children.left, from, count: leftCount, bounds: below[0] },
      {
        ...{ ...side, ...right, node: children.right, bounds: below[1] },
        ...{ from: from + leftCount, count: count - leftCount },
      },
    ] as const;
  }

  /** Puts the rows that go left first, and says how many they are. */
  #partRows({ feature, bin, missingGoesLeft }: Found, from: number, count: number): number {
    const { memory, kernels } = this.#machine;
    const { features, quads, rows } = this.#binned;
    const goesLeft = memory.bytes(this.#goesLeft, 256).fill(0);
    if (typeof bin === 'number') goesLeft.fill(1, 0, bin + 1);
    else for (const one of bin) goesLeft[one] = 1;
    const { bins = 0, hasMissing = false } = features[feature] ?? {};
    if (hasMissing) goesLeft[bins] = Number(missingGoesLeft);
    const column = quads + (feature >> 2) * rows * 4 + (feature & 3);
    const start = this.#rows + from * 4;
    return kernels.partitionRows(start, count, column, this.#goesLeft, this.#scratch);
  }

  /**
   * The split in the features' own values. Where training rows miss none of a feature, missing values go with the most
   * rows; where a split parts missing values from all others, every number is below the threshold. Categories that no
   * training row has go the way of missing values.
   */
  #splitOf({ feature, bin, gain, ...found }: Found, left: number, count: number): Split {
    const { edges = [], hasMissing, occurs } = this.#binned.features[feature] ?? {};
    const missingGoesLeft = hasMissing === true ? found.missingGoesLeft : left > count - left;
    const common = { feature, gain, missingGoesLeft };
    if (typeof bin === 'number') return { ...common, threshold: edges[bin] ?? LARGEST_FLOAT };
    const codes = Array.from(occurs ?? [], (isThere, code) =>
      isThere === 1 ? bin.includes(code) : missingGoesLeft,
    );
    return { ...common, threshold: 0, categories: codes.flatMap((is, code) => (is ? code : [])) };
  }

  /** Histograms of the children that may be split further; the parent's room is used again. */
  #divide({ histogram }: OpenNode, left: Place, right: Place, growth: Growth): void {
    const [small, large] = left.count <= right.count ? [left, right] : [right, left];
    const isDeeper = this.#maySplit(large);
    const ofSmall = isDeeper ? this.#build(small, growth.sums) : undefined;
    if (ofSmall === undefined) this.#histograms.giveBack(histogram);
    else this.#histograms.subtract(histogram, ofSmall);
    const isKept = this.#maySplit(small);
    if (ofSmall !== undefined && !isKept) this.#histograms.giveBack(ofSmall);
    for (const place of [left, right]) {
      const own = place === large ? histogram : ofSmall;
      this.#settle(place, isDeeper && (place === large || isKept) ? own : undefined, growth);
    }
  }

  /** Opens a node if it has a split, and makes it a leaf otherwise. */
  #settle(place: Place, histogram: Address | undefined, { unit, open, leaves }: Growth): void {
    const found = histogram === undefined ? undefined : this.#search.find(place, histogram, unit);
    if (histogram !== undefined && found !== undefined) open.push({ ...place, histogram, found });
    else {
      if (histogram !== undefined) this.#histograms.giveBack(histogram);
      leaves.push(this.#leaf(place));
    }
  }

  #leaf({ node, from, count, value }: Place): GrownLeaf {
    const slow = Math.fround(this.#options.learningRate * value);
    return { node, rows: this.#rows + from * 4, count, value: slow };
  }
}

function takeBest(open: OpenNode[]): OpenNode {
  let best = 0;
  for (let i = 1; i < open.length; i += 1) {
    if ((open[i]?.found.gain ?? 0) > (open[best]?.found.gain ?? 0)) best = i;
  }
  const [taken] = open.splice(best, 1);
  if (taken === undefined) throw new RangeError('no node is open');
  return taken;
}
