import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import { LARGEST_FLOAT } from './bin-edges.ts';
import type { BinnedFeatures } from './binned-features.ts';
import { countOf, gradientOf, hessianOf, type FixedPoint } from './fixed-point.ts';
import type { Children, TreeList } from './tree-list.ts';

export interface LeafWiseOptions {
  readonly maxLeaves: number;
  /** Edges from the root to a leaf; 0 for any number. */
  readonly maxDepth: number;
  readonly leastRows: number;
  readonly l2: number;
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

/** A node with what is known of it. */
interface Place {
  readonly node: number;
  readonly from: number;
  readonly count: number;
  readonly depth: number;
  readonly sum: Sum;
}
interface Sum {
  readonly gradient: bigint;
  readonly counted: bigint;
}
interface OpenNode extends Place {
  readonly histogram: Address;
  readonly found: Found;
}
interface Found {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
  readonly missingGoesLeft: boolean;
  readonly left: Sum;
}

/** scikit-learn adds it to a leaf's hessians. */
const EPSILON = 1e-15;
/** A split has to be better than none by more than rounding. */
const BETTER = 1 + 1e-12;

/**
 * Grows trees leaf by leaf, the one with the largest gain first, as LightGBM and scikit-learn's
 * HistGradientBoosting do: the smaller child's histogram is built from its rows, the larger one's is what is left of
 * their parent's.
 */
export class LeafWiseGrower {
  readonly #machine: TreeMachine;
  readonly #binned: BinnedFeatures;
  readonly #options: LeafWiseOptions;
  readonly #rows: Address;
  readonly #scratch: Address;
  readonly #allRows: Int32Array;
  readonly #goesLeft: Address;
  readonly #found: Address;
  readonly #totals: Address;
  /** Room for histograms that no node uses. */
  readonly #spare: Address[] = [];

  constructor(machine: TreeMachine, binned: BinnedFeatures, options: LeafWiseOptions) {
    const { memory } = machine;
    this.#machine = machine;
    this.#binned = binned;
    this.#options = options;
    this.#rows = memory.take(binned.rows * 4);
    this.#scratch = memory.take(binned.rows * 4);
    this.#allRows = Int32Array.from({ length: binned.rows }, (_, i) => i);
    this.#goesLeft = memory.take(256);
    this.#found = memory.take(48);
    this.#totals = memory.take(16);
  }

  /** Adds a tree to a list. @param sums gradient, hessian and count of every row, as in a bin */
  grow(sums: Address, unit: FixedPoint, trees: TreeList): GrownLeaf[] {
    const { maxLeaves } = this.#options;
    const leaves: GrownLeaf[] = [];
    const open: OpenNode[] = [];
    trees.startTree();
    const root = this.#root(sums, trees);
    if (this.#maySplit(root)) {
      const histogram = this.#build(root, sums);
      this.#search(root, histogram, unit, open, leaves);
    } else leaves.push(this.#leaf(root, unit));
    while (open.length > 0 && leaves.length + open.length < maxLeaves) {
      const parent = takeBest(open);
      const [left, right] = this.#part(parent, trees);
      const isLast = leaves.length + open.length + 2 >= maxLeaves;
      if (isLast) this.#spare.push(parent.histogram);
      const places = isLast
        ? [left, right].map((place) => ({ place, histogram: undefined }))
        : this.#histograms(parent, left, right, sums);
      for (const { place, histogram } of places) {
        if (histogram === undefined) leaves.push(this.#leaf(place, unit));
        else this.#search(place, histogram, unit, open, leaves);
      }
    }
    for (const place of open) {
      this.#spare.push(place.histogram);
      leaves.push(this.#leaf(place, unit));
    }
    for (const { node, value } of leaves) trees.setValue(node, value);
    return leaves;
  }

  #root(sums: Address, trees: TreeList): Place {
    const { memory, kernels } = this.#machine;
    const { rows } = this.#binned;
    memory.int32(this.#rows, rows).set(this.#allRows);
    kernels.sumBins(sums, rows, this.#totals);
    return {
      ...{ node: trees.addNode(rows), from: 0, count: rows, depth: 0 },
      sum: this.#sumAt(this.#totals),
    };
  }

  #maySplit({ count, depth }: Place): boolean {
    const { leastRows, maxDepth } = this.#options;
    return count >= 2 * leastRows && (maxDepth === 0 || depth < maxDepth);
  }

  /** Makes the children of a node: parts its rows, and gives each the sums of its side. */
  #part({ node, from, count, depth, sum, found }: OpenNode, trees: TreeList): [Place, Place] {
    const { memory, kernels } = this.#machine;
    const { features, quads, rows } = this.#binned;
    const feature = features[found.feature];
    if (feature === undefined) throw new RangeError(`there is no feature ${found.feature}`);
    const goesLeft = memory
      .bytes(this.#goesLeft, 256)
      .fill(0)
      .fill(1, 0, found.bin + 1);
    if (feature.hasMissing) goesLeft[feature.bins] = Number(found.missingGoesLeft);
    const column = quads + (found.feature >> 2) * rows * 4 + (found.feature & 3);
    const start = this.#rows + from * 4;
    const leftCount = kernels.partitionRows(start, count, column, this.#goesLeft, this.#scratch);
    const children: Children = {
      left: trees.addNode(leftCount),
      right: trees.addNode(count - leftCount),
    };
    trees.split(node, { ...found, ...this.#thresholdOf(found, leftCount, count) }, children);
    const right = {
      gradient: BigInt.asUintN(64, sum.gradient - found.left.gradient),
      counted: sum.counted - found.left.counted,
    };
    const below = { depth: depth + 1 };
    return [
      { ...below, node: children.left, from, count: leftCount, sum: found.left },
      ...([
        {
          ...below,
          ...{ node: children.right, from: from + leftCount },
          ...{ count: count - leftCount, sum: right },
        },
      ] as const),
    ];
  }

  /**
   * The split in the features' own values. Where training rows miss none of a feature, missing values go with the most
   * rows; where a split parts missing values from all others, every number is below the threshold.
   */
  #thresholdOf(found: Found, left: number, count: number) {
    const { edges, hasMissing } = this.#binned.features[found.feature] ?? { edges: [] };
    return {
      threshold: edges[found.bin] ?? LARGEST_FLOAT,
      missingGoesLeft: hasMissing === true ? found.missingGoesLeft : left > count - left,
    };
  }

  /** Histograms of the children that may be split further; the parent's room is used again. */
  #histograms(parent: OpenNode, left: Place, right: Place, sums: Address) {
    const { kernels } = this.#machine;
    const [small, large] = left.count <= right.count ? [left, right] : [right, left];
    if (!this.#maySplit(large)) {
      this.#spare.push(parent.histogram);
      return [left, right].map((place) => ({ place, histogram: undefined }));
    }
    const ofSmall = this.#build(small, sums);
    kernels.subtractBins(parent.histogram, ofSmall, this.#binned.totalBins);
    const isKept = this.#maySplit(small);
    if (!isKept) this.#spare.push(ofSmall);
    const histogramOf = (place: Place) => {
      if (place === large) return parent.histogram;
      return isKept ? ofSmall : undefined;
    };
    return [left, right].map((place) => ({ place, histogram: histogramOf(place) }));
  }

  /** A node's histogram from its rows, four features at a time. */
  #build({ from, count }: Place, sums: Address): Address {
    const { memory, kernels } = this.#machine;
    const { groups, quads, rows, totalBins } = this.#binned;
    const histogram = this.#spare.pop() ?? memory.take(totalBins * 16);
    memory.bytes(histogram, totalBins * 16).fill(0);
    for (let group = 0; group < groups; group += 1) {
      const quad = quads + group * rows * 4;
      const [a, b, c, d] = this.#binsOf(group, histogram);
      if (count === rows) kernels.addAllRows(rows, quad, sums, a, b, c, d);
      else kernels.addRows(this.#rows + from * 4, count, quad, sums, a, b, c, d);
    }
    return histogram;
  }

  #binsOf(group: number, histogram: Address): [Address, Address, Address, Address] {
    const { features, fillBins } = this.#binned;
    const at = (lane: number): Address => {
      const j = group * 4 + lane;
      return histogram + 16 * (features[j]?.offset ?? fillBins + j - features.length);
    };
    return [at(0), at(1), at(2), at(3)];
  }

  /** Opens a node if it has a split, and makes it a leaf otherwise. */
  #search(
    place: Place,
    histogram: Address,
    unit: FixedPoint,
    open: OpenNode[],
    leaves: GrownLeaf[],
  ): void {
    const found = this.#findSplit(place, histogram, unit);
    if (found === undefined) {
      this.#spare.push(histogram);
      leaves.push(this.#leaf(place, unit));
    } else open.push({ ...place, histogram, found });
  }

  #findSplit({ sum }: Place, histogram: Address, unit: FixedPoint): Found | undefined {
    const { memory, kernels } = this.#machine;
    const { l2, leastRows } = this.#options;
    const gradient = gradientOf(sum.gradient, unit);
    const own = (gradient * gradient) / (hessianOf(sum.counted, unit) + l2 + EPSILON);
    memory.uint64(this.#totals, 2).set([sum.gradient, sum.counted]);
    memory.float64(this.#found, 1)[0] = own * BETTER;
    memory.int32(this.#found + 24, 1)[0] = -1;
    kernels.findSplit(
      ...([histogram, this.#binned.table, 0, this.#binned.features.length] as const),
      ...([this.#totals, unit.shift, 1 / unit.gradientScale, 1 / unit.hessianScale] as const),
      ...([l2, leastRows, this.#found] as const),
    );
    const [feature = -1, bin = 0, missing = 0] = memory.int32(this.#found + 24, 3);
    if (feature < 0) return undefined;
    const gain = (memory.float64(this.#found, 1)[0] ?? 0) - own;
    const left = this.#sumAt(this.#found + 8);
    return { feature, bin, missingGoesLeft: missing === 1, gain, left };
  }

  #leaf({ node, from, sum }: Place, unit: FixedPoint): GrownLeaf {
    const { l2, learningRate } = this.#options;
    const hessian = hessianOf(sum.counted, unit) + l2 + EPSILON;
    const value = Math.fround((-learningRate * gradientOf(sum.gradient, unit)) / hessian);
    return { node, rows: this.#rows + from * 4, count: countOf(sum.counted, unit), value };
  }

  #sumAt(address: Address): Sum {
    const [gradient = 0n, counted = 0n] = this.#machine.memory.uint64(address, 2);
    return { gradient, counted };
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
