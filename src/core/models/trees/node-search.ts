import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeCall, TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { BinnedFeatures } from './binned-features.ts';
import { featureRanges, type FeatureRange } from './feature-ranges.ts';
import type { FixedPoint } from './fixed-point.ts';
import { NodeHistograms } from './node-histograms.ts';
import type { Place } from './node-place.ts';
import { SplitSearch, type AskedNode, type Found, type SearchOptions } from './split-search.ts';

/** Rows × features and bins, which take so many times as long, below which a round of the crew is not worth it. */
const LEAST_WORK = 40_000;
const WORK_OF_BIN = 16;

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
 * there is to do for some of them.
 */
export class NodeSearch {
  readonly histograms: NodeHistograms;
  readonly #machine: TreeMachine;
  readonly #binned: BinnedFeatures;
  readonly #search: SplitSearch;
  readonly #whole: readonly FeatureRange[];
  readonly #shared: readonly FeatureRange[];

  constructor(machine: TreeMachine, binned: BinnedFeatures, options: SearchOptions) {
    const { size } = machine.crew;
    this.#machine = machine;
    this.#binned = binned;
    this.histograms = new NodeHistograms(machine, binned);
    this.#whole = featureRanges(machine, binned, 1);
    // As many as there are threads: each brings rows together once.
    this.#shared = size === 1 ? this.#whole : featureRanges(machine, binned, size);
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
    const ranges = this.#rangesFor(count);
    const own = node.isWanted ? this.#ask(0, node, unit) : undefined;
    const other = sibling?.isWanted === true ? this.#ask(1, sibling, unit) : undefined;
    this.#machine.crew.runBehind(
      before,
      ranges.map((range, i) => {
        const part: TreeCall[] = [
          this.histograms.clear(node.histogram, range),
          this.histograms.add(node.histogram, range, rows, count, sums),
        ];
        if (sibling !== undefined) {
          part.push(this.histograms.subtract(sibling.histogram, node.histogram, range));
        }
        if (own !== undefined) part.push(this.#search.look(own, range, i));
        if (other !== undefined) part.push(this.#search.look(other, range, i));
        return part;
      }),
    );
    return [
      own && this.#search.answer(own, ranges.length),
      other && this.#search.answer(other, ranges.length),
    ];
  }

  #ask(which: 0 | 1, { place, histogram }: LookedAt, unit: FixedPoint): AskedNode {
    return this.#search.ask(which, place, histogram, unit);
  }

  #rangesFor(count: number): readonly FeatureRange[] {
    const { features, totalBins } = this.#binned;
    const work = count * features.length + totalBins * WORK_OF_BIN;
    return work < LEAST_WORK ? this.#whole : this.#shared;
  }
}
