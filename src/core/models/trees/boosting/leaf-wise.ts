import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeCall, TreeMachine } from '#core/kernels/tree-kernels.ts';
import { stretchesOf, type Stretch } from '#core/parallel/stretches.ts';
import { LARGEST_FLOAT } from '../bin-edges.ts';
import type { BinnedFeatures } from '../binned-features.ts';
import { countOf, type FixedPoint } from '../fixed-point.ts';
import { boundsBelow, difference, judge, NO_BOUNDS, placeOf, type Place } from './node-place.ts';
import { NodeSearch, type LookedAt } from './node-search.ts';
import { RowParting } from './row-parting.ts';
import type { Found, SearchOptions } from './split-search.ts';
import type { Children, Split, TreeList } from '../tree-list.ts';

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

interface OpenNode {
  readonly place: Place;
  readonly histogram: Address;
  readonly found: Found;
}

/** The children of a node, and what parts its rows between them, which is yet to be done. */
interface Parted {
  readonly parting: readonly TreeCall[][];
  readonly left: Place;
  readonly right: Place;
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
  readonly #search: NodeSearch;
  readonly #parting: RowParting;
  readonly #stretches: readonly Stretch[];
  /** Sums of each stretch of rows. */
  readonly #totals: Address;

  constructor(machine: TreeMachine, binned: BinnedFeatures, options: LeafWiseOptions) {
    this.#machine = machine;
    this.#binned = binned;
    this.#options = options;
    this.#search = new NodeSearch(machine, binned, options);
    this.#parting = new RowParting(machine, binned);
    this.#stretches = stretchesOf(binned.rows, machine.crew);
    this.#totals = machine.memory.take(this.#stretches.length * 16);
  }

  /** Adds a tree to a list. @param sums gradient, hessian and count of every row, as in a bin */
  grow(sums: Address, unit: FixedPoint, trees: TreeList): GrownLeaf[] {
    const { maxLeaves } = this.#options;
    const growth: Growth = { sums, unit, trees, open: [], leaves: [] };
    const { open, leaves } = growth;
    trees.startTree();
    const root = this.#root(growth);
    if (this.#maySplit(root)) {
      const whole = this.#lookedAt(root, this.#search.histograms.take());
      const rows = this.#parting.rowsOf(root);
      const [found] = this.#search.look(whole, rows, undefined, growth);
      this.#settle(whole, found, growth);
    } else leaves.push(this.#leaf(root));
    while (open.length > 0 && leaves.length + open.length < maxLeaves) {
      const parent = takeBest(open);
      const parted = this.#part(parent, growth);
      if (leaves.length + open.length + 2 >= maxLeaves) this.#endIn(parted, parent, growth);
      else this.#divide(parent, parted, growth);
    }
    for (const { place, histogram } of open) {
      this.#search.histograms.giveBack(histogram);
      leaves.push(this.#leaf(place));
    }
    for (const { node, value } of leaves) trees.setValue(node, value);
    return leaves;
  }

  #root({ sums, unit, trees }: Growth): Place {
    const { memory, crew } = this.#machine;
    const { rows } = this.#binned;
    const totals = this.#totals;
    crew.run(
      this.#stretches.map(({ from, count }, i): readonly TreeCall[] => [
        ['sumBins', sums + from * 16, count, totals + i * 16],
      ]),
    );
    let [gradient, counted] = [0n, 0n];
    for (let i = 0, at = totals / 8; i < this.#stretches.length; i += 1, at += 2) {
      gradient += memory.longs[at] ?? 0n;
      counted += memory.longs[at + 1] ?? 0n;
    }
    const judged = judge({ gradient, counted }, unit, this.#options.l2, NO_BOUNDS);
    return placeOf(trees.addNode(rows), { from: 0, count: rows, depth: 0 }, NO_BOUNDS, judged);
  }

  #maySplit({ count, depth }: Place): boolean {
    const { leastRows, maxDepth } = this.#options;
    return count >= 2 * leastRows && (maxDepth === 0 || depth < maxDepth);
  }

  #lookedAt(place: Place, histogram: Address): LookedAt {
    return { place, histogram, isWanted: this.#maySplit(place) };
  }

  /** Makes the children of a node, and gives each the sums of its side. */
  #part({ place, found }: OpenNode, growth: Growth): Parted {
    const { unit, trees } = growth;
    const { l2, directions } = this.#options;
    const { node, from, count, depth, sum, bounds } = place;
    const leftCount = countOf(found.left.counted, unit);
    const parting = this.#parting.parts(place, found, leftCount);
    const children: Children = {
      left: trees.addNode(leftCount),
      right: trees.addNode(count - leftCount),
    };
    trees.split(node, this.#splitOf(found, leftCount, count), children);
    const left = judge(found.left, unit, l2, bounds);
    const right = judge(difference(sum, found.left), unit, l2, bounds);
    const direction = directions?.[found.feature] ?? 0;
    const below = boundsBelow(bounds, direction, left.value, right.value);
    const ofLeft = { from, count: leftCount, depth: depth + 1 };
    const ofRight = { from: from + leftCount, count: count - leftCount, depth: depth + 1 };
    return {
      parting,
      left: placeOf(children.left, ofLeft, below[0], left),
      right: placeOf(children.right, ofRight, below[1], right),
    };
  }

  /**
   * The split in the features' own values. Where training rows miss none of a feature, missing values go with the most
   * rows; where a split parts missing values from all others, every number is below the threshold. Categories that no
   * training row has go the way of missing values.
   */
  #splitOf(found: Found, left: number, count: number): Split {
    const { feature, bin, gain } = found;
    const { edges = [], hasMissing, occurs } = this.#binned.features[feature] ?? {};
    const missingGoesLeft = hasMissing === true ? found.missingGoesLeft : left > count - left;
    if (typeof bin === 'number') {
      return { feature, gain, missingGoesLeft, threshold: edges[bin] ?? LARGEST_FLOAT };
    }
    const codes = Array.from(occurs ?? [], (isThere, code) =>
      isThere === 1 ? bin.includes(code) : missingGoesLeft,
    );
    const categories = codes.flatMap((is, code) => (is ? code : []));
    return { feature, gain, missingGoesLeft, threshold: 0, categories };
  }

  /** Makes leaves of children. */
  #endIn({ parting, left, right }: Parted, { histogram }: OpenNode, { leaves }: Growth): void {
    this.#machine.crew.run(parting);
    this.#search.histograms.giveBack(histogram);
    leaves.push(this.#leaf(left), this.#leaf(right));
  }

  /** Looks for the splits of children that may be split further; the parent's room is used again. */
  #divide(parent: OpenNode, parted: Parted, growth: Growth): void {
    const { histograms } = this.#search;
    const { left, right, parting } = parted;
    const [small, large] = left.count <= right.count ? [left, right] : [right, left];
    if (!this.#maySplit(large)) {
      this.#endIn(parted, parent, growth);
      return;
    }
    const { histogram } = parent;
    const ofSmall = this.#lookedAt(small, histograms.take());
    const ofLarge = this.#lookedAt(large, histogram);
    const rows = this.#parting.rowsOf(small);
    const found = this.#search.look(ofSmall, rows, ofLarge, growth, parting);
    for (const i of small === left ? ([0, 1] as const) : ([1, 0] as const)) {
      this.#settle(i === 0 ? ofSmall : ofLarge, found[i], growth);
    }
  }

  /** Opens a node if it has a split, and makes it a leaf otherwise. */
  #settle({ place, histogram }: LookedAt, found: Found | undefined, growth: Growth): void {
    if (found !== undefined) growth.open.push({ place, histogram, found });
    else {
      this.#search.histograms.giveBack(histogram);
      growth.leaves.push(this.#leaf(place));
    }
  }

  #leaf(place: Place): GrownLeaf {
    const { node, count, value } = place;
    const slow = Math.fround(this.#options.learningRate * value);
    return { node, rows: this.#parting.rowsOf(place), count, value: slow };
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
