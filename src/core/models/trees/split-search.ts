import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { BinnedFeature, BinnedFeatures } from './binned-features.ts';
import { findCategorySplit } from './category-split.ts';
import type { FixedPoint } from './fixed-point.ts';
import type { Place, Sum } from './node-place.ts';

export interface SearchOptions {
  readonly leastRows: number;
  readonly l2: number;
  /** Per feature, where values may only go as it rises: 1 up, −1 down, 0 either way; absent where all may. */
  readonly directions?: Int8Array | undefined;
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

/** Finds the best split of a node from its histogram. */
export class SplitSearch {
  readonly #machine: TreeMachine;
  readonly #binned: BinnedFeatures;
  readonly #options: SearchOptions;
  readonly #out: Address;
  readonly #totals: Address;
  readonly #ofCategories: readonly (readonly [number, BinnedFeature])[];

  constructor(machine: TreeMachine, binned: BinnedFeatures, options: SearchOptions) {
    const { memory } = machine;
    this.#machine = machine;
    this.#binned = binned;
    this.#options = options;
    this.#out = memory.take(48);
    this.#totals = memory.take(16);
    this.#ofCategories = [...binned.features.entries()].filter(([, { occurs }]) => occurs);
    for (const [j, direction] of (options.directions ?? []).entries()) {
      memory.int32(binned.table + j * 16 + 12, 1)[0] = direction;
    }
  }

  find(place: Place, histogram: Address, unit: FixedPoint): Found | undefined {
    const { sum, gradient, value, bounds } = place;
    const { memory, kernels } = this.#machine;
    const { l2, leastRows, directions } = this.#options;
    const own = -gradient * value;
    memory.uint64(this.#totals, 2).set([sum.gradient, sum.counted]);
    memory.float64(this.#out, 1)[0] = own + Math.abs(own) * ROUNDING;
    memory.int32(this.#out + 24, 1)[0] = -1;
    kernels.findSplit(
      ...([histogram, this.#binned.table, 0, this.#binned.features.length] as const),
      ...([this.#totals, unit.shift, 1 / unit.gradientScale, 1 / unit.hessianScale] as const),
      ...([l2, leastRows, directions !== undefined, bounds.lower, bounds.upper] as const),
      this.#out,
    );
    let found = this.#found(own);
    for (const [j, feature] of this.#ofCategories) {
      const start = histogram / 4 + feature.offset * 4;
      const split = findCategorySplit(memory.words, start, feature, place, unit, this.#options);
      if (split === undefined || split.score <= (memory.float64(this.#out, 1)[0] ?? 0)) continue;
      memory.float64(this.#out, 1)[0] = split.score;
      found = {
        ...{ feature: j, bin: split.bins, missingGoesLeft: split.bins.includes(feature.bins) },
        ...{ gain: split.score - own, left: this.#sumOf(histogram, feature, split.bins) },
      };
    }
    return found.feature < 0 ? undefined : found;
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

  #found(own: number): Found {
    const { memory } = this.#machine;
    const [feature = -1, bin = 0, missing = 0] = memory.int32(this.#out + 24, 3);
    const [gradient = 0n, counted = 0n] = memory.uint64(this.#out + 8, 2);
    return {
      ...{ feature, bin, missingGoesLeft: missing === 1, left: { gradient, counted } },
      gain: (memory.float64(this.#out, 1)[0] ?? 0) - own,
    };
  }
}
