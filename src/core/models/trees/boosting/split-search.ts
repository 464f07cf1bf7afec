import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeCall, TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { RandomStream } from '#core/random.ts';
import { ENTRY_BYTES, type BinnedFeature, type BinnedFeatures } from '../binned-features.ts';
import { findCategorySplit } from './category-split.ts';
import { FeatureDraw, type DrawnFeatures } from './feature-draw.ts';
import type { FeatureRange } from './feature-ranges.ts';
import type { FixedPoint } from '../fixed-point.ts';
import type { Place, Sum } from './node-place.ts';

export interface SearchOptions {
  readonly leastRows: number;
  readonly l2: number;
  /** Per feature, where values may only go as it rises: 1 up, −1 down, 0 either way; absent where all may. */
  readonly directions?: Int8Array | undefined;
  /** Where a split may be of some features alone: the share of them, and what draws them for each node. */
  readonly tried?: { readonly share: number; readonly random: RandomStream } | undefined;
}

export interface Found {
  /** What the split makes the loss smaller by, twice. */
  readonly gain: number;
  readonly feature: number;
  /** The last bin that goes left, or, of a feature of categories, all bins that do. */
  readonly bin: number | readonly number[];
  readonly missingGoesLeft: boolean;
  readonly left: Sum;
}

/** A split has to be better than none by more than this share, which rounding makes. */
const ROUNDING = 1e-12;

/** A node whose best split is looked for, range after range of its features. */
export interface AskedNode {
  readonly place: Place;
  readonly histogram: Address;
  readonly unit: FixedPoint;
  /** The features that it may be split by; all where absent. */
  readonly drawn: DrawnFeatures | undefined;
  /** What it has to be better than. */
  readonly own: number;
  /** The node's sums, and then what was found in each range. */
  readonly desk: Address;
}

/** Bytes of a range's answer: the kernel writes 36, and threads had better not write side by side. */
const ANSWER_BYTES = 64;

/** Finds the best splits of nodes from their histograms: of one node or of two at the same time. */
export class SplitSearch {
  readonly #machine: TreeMachine;
  readonly #binned: BinnedFeatures;
  readonly #options: SearchOptions;
  readonly #desks: readonly [Address, Address];
  readonly #ofCategories: readonly (readonly [number, BinnedFeature])[];
  readonly #draw: FeatureDraw | undefined;

  /** @param ranges how many answers there are about a node at most */
  constructor(
    machine: TreeMachine,
    binned: BinnedFeatures,
    options: SearchOptions,
    ranges: number,
  ) {
    const { memory } = machine;
    this.#machine = machine;
    this.#binned = binned;
    this.#options = options;
    const room = (1 + ranges) * ANSWER_BYTES;
    this.#desks = [memory.take(room), memory.take(room)];
    this.#ofCategories = [...binned.features.entries()].filter(([, { occurs }]) => occurs);
    for (const [j, direction] of (options.directions ?? []).entries()) {
      memory.int32(binned.table + j * ENTRY_BYTES + 12, 1)[0] = direction;
    }
    const { tried } = options;
    this.#draw = tried && new FeatureDraw(machine, binned, tried.share, tried.random);
  }

  /** @param which of the two nodes it is */
  ask(which: 0 | 1, place: Place, histogram: Address, unit: FixedPoint): AskedNode {
    const { sum, gradient, value } = place;
    const desk = this.#desks[which];
    const { longs } = this.#machine.memory;
    longs[desk / 8] = sum.gradient;
    longs[desk / 8 + 1] = sum.counted;
    const drawn = this.#draw?.draw(which);
    return { place, histogram, unit, drawn, own: -gradient * value, desk };
  }

  /** Looks through a range of features. @param i the number of the range */
  look(
    { place, histogram, unit, drawn, own, desk }: AskedNode,
    { from, to }: FeatureRange,
    i: number,
  ) {
    const { memory } = this.#machine;
    const { l2, leastRows, directions } = this.#options;
    const { lower, upper } = place.bounds;
    const out = answerAt(desk, i);
    memory.doubles[out / 8] = own + Math.abs(own) * ROUNDING;
    memory.words[out / 4 + 6] = -1;
    const [gradientUnit, hessianUnit] = [1 / unit.gradientScale, 1 / unit.hessianScale];
    const isBounded = directions !== undefined;
    // prettier-ignore
    return [
      'findSplit', histogram, drawn?.table ?? this.#binned.table, from, to, desk, unit.shift,
      gradientUnit, hessianUnit, l2, leastRows, isBounded, lower, upper, out,
    ] as const satisfies TreeCall;
  }

  /** The best of what was found in so many ranges; of equal ones the first. */
  answer(
    { place, histogram, unit, drawn, own, desk }: AskedNode,
    ranges: number,
  ): Found | undefined {
    const { memory } = this.#machine;
    let score = own + Math.abs(own) * ROUNDING;
    let found: Found | undefined;
    for (let i = 0; i < ranges; i += 1) {
      const out = answerAt(desk, i);
      const ofRange = memory.doubles[out / 8] ?? 0;
      if (ofRange <= score) continue;
      score = ofRange;
      found = this.#found(out, own);
    }
    for (const [j, feature] of this.#ofCategories) {
      if (drawn?.isDrawn[j] === 0) continue;
      const start = histogram / 4 + feature.offset * 4;
      const split = findCategorySplit(memory.words, start, feature, place, unit, this.#options);
      if (split === undefined || split.score <= score) continue;
      score = split.score;
      found = {
        ...{ feature: j, bin: split.bins, missingGoesLeft: split.bins.includes(feature.bins) },
        ...{ gain: split.score - own, left: this.#sumOf(histogram, feature, split.bins) },
      };
    }
    return found;
  }

  /** Exact sums of some bins. */
  #sumOf(histogram: Address, { offset }: BinnedFeature, bins: readonly number[]): Sum {
    let [gradient, counted] = [0n, 0n];
    for (const bin of bins) {
      const at = histogram + (offset + bin) * 16;
      const [own = 0n, ownCounted = 0n] = this.#machine.memory.uint64(at, 2);
      gradient = BigInt.asUintN(64, gradient + own);
      counted += ownCounted;
    }
    return { gradient, counted };
  }

  #found(out: Address, own: number): Found {
    const { words, doubles, longs } = this.#machine.memory;
    const [at, of] = [out / 8, out / 4 + 6];
    return {
      gain: (doubles[at] ?? 0) - own,
      feature: words[of] ?? -1,
      bin: words[of + 1] ?? 0,
      missingGoesLeft: words[of + 2] === 1,
      left: { gradient: longs[at + 1] ?? 0n, counted: longs[at + 2] ?? 0n },
    };
  }
}

function answerAt(desk: Address, range: number): Address {
  return desk + (1 + range) * ANSWER_BYTES;
}
