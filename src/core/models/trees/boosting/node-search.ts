import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeCall, TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { BinnedFeatures } from '../binned-features.ts';
import { featureRanges, type FeatureRange } from './feature-ranges.ts';
import type { FixedPoint } from '../fixed-point.ts';
import { NodeHistograms, type CountedRows } from './node-histograms.ts';
import type { Place } from './node-place.ts';
import { SplitSearch, type AskedNode, type Found, type SearchOptions } from './split-search.ts';

/** Rows × features and bins, which take so many times as long, below which a round of the crew is not worth it. */
const LEAST_WORK = 40_000;
const WORK_OF_BIN = 16;

/** Rows for each bin from which threads count rows of their own, and add up what they have, in less time. */
const ROWS_OF_BIN = 1;

/** What all nodes of a tree share. */
interface OfTree {
  /** Gradient, hessian and count of every row, as in a bin. */
  readonly sums: Address;
  readonly unit: FixedPoint;
}

/** A node to be looked at: its histogram, and whether its best split is wanted. */
export interface LookedAt {
  readonly place: Place;
  readonly histogram: Address;
  readonly isWanted: boolean;
}

/**
 * Builds histograms of nodes and finds their best splits. The threads of a crew share the features, each with all that
 * there is to do for some of them; of a node with many rows they share the rows first, which then are brought together
 * once.
 */
export class NodeSearch {
  readonly histograms: NodeHistograms;
  readonly #machine: TreeMachine;
  readonly #binned: BinnedFeatures;
  readonly #search: SplitSearch;
  /** All features, once for each thread. */
  readonly #whole: readonly FeatureRange[];
  readonly #shared: readonly FeatureRange[];
  /** Where threads other than the first count rows of their own. */
  readonly #counts: readonly Address[];

  constructor(machine: TreeMachine, binned: BinnedFeatures, options: SearchOptions) {
    const { size } = machine.crew;
    this.#machine = machine;
    this.#binned = binned;
    this.histograms = new NodeHistograms(machine, binned);
    this.#whole = Array.from({ length: size }, () => featureRanges(machine, binned, 1)).flat();
    this.#shared = size === 1 ? this.#whole : featureRanges(machine, binned, size);
    const others = this.#areManyRows(binned.rows) ? size - 1 : 0;
    this.#counts = Array.from({ length: others }, () => this.histograms.take());
    this.#search = new SplitSearch(machine, binned, options, this.#shared.length);
  }

  /**
   * Builds the histogram of a node, takes it from its parent's so that this becomes its sibling's, and finds the best
   * splits of both.
   *
   * @param node with room for its histogram
   * @param rows its rows, as many as it has
   * @param sibling with the parent's histogram
   * @param before what is to be done before, since it brings the rows to where they are
   */
  look(
    node: LookedAt,
    rows: Address,
    sibling: LookedAt | undefined,
    { sums, unit }: OfTree,
    before: readonly TreeCall[][] = [],
  ): readonly [Found | undefined, Found | undefined] {
    const { count } = node.place;
    const own = node.isWanted ? this.#ask(0, node, unit) : undefined;
    const other = sibling?.isWanted === true ? this.#ask(1, sibling, unit) : undefined;
    const all = { list: rows, from: 0, count, areAll: count === this.#binned.rows };
    const parts = this.#areManyRows(count) ? this.#countByRows(node, all, sums) : undefined;
    const ranges = parts === undefined ? this.#rangesFor(count) : this.#shared;
    const behind = ranges.map((range, i): TreeCall[] => {
      const { histogram } = node;
      const part: TreeCall[] =
        parts === undefined
          ? this.#count(histogram, range, all, sums)
          : this.#counts.map((count) => this.histograms.merge(histogram, count, range));
      if (sibling !== undefined) {
        part.push(this.histograms.subtract(sibling.histogram, histogram, range));
      }
      if (own !== undefined) part.push(this.#search.look(own, range, i));
      if (other !== undefined) part.push(this.#search.look(other, range, i));
      return part;
    });
    this.#machine.crew.runInTurn(parts === undefined ? [before, behind] : [before, parts, behind]);
    return [
      own && this.#search.answer(own, ranges.length),
      other && this.#search.answer(other, ranges.length),
    ];
  }

  #areManyRows(count: number): boolean {
    return this.#machine.crew.size > 1 && count >= this.#binned.totalBins * ROWS_OF_BIN;
  }

  /** Each thread counts its own of a node's rows: the first into the node's histogram. */
  #countByRows({ histogram }: LookedAt, rows: CountedRows, sums: Address): TreeCall[][] {
    const length = Math.ceil(rows.count / this.#whole.length);
    return this.#whole.map((range, i) => {
      const from = Math.min(i * length, rows.count);
      const own = { ...rows, from, count: Math.min(length, rows.count - from) };
      return this.#count(this.#counts[i - 1] ?? histogram, range, own, sums);
    });
  }

  #count(histogram: Address, range: FeatureRange, rows: CountedRows, sums: Address): TreeCall[] {
    return [
      this.histograms.clear(histogram, range),
      this.histograms.add(histogram, range, rows, sums),
    ];
  }

  #ask(which: 0 | 1, { place, histogram }: LookedAt, unit: FixedPoint): AskedNode {
    return this.#search.ask(which, place, histogram, unit);
  }

  #rangesFor(count: number): readonly FeatureRange[] {
    const { features, totalBins } = this.#binned;
    const work = count * features.length + totalBins * WORK_OF_BIN;
    return work < LEAST_WORK ? this.#whole.slice(0, 1) : this.#shared;
  }
}
