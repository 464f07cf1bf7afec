import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeCall, TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { BinnedFeatures } from './binned-features.ts';
import type { FeatureRange } from './feature-ranges.ts';

/** The histograms of a growing tree's open nodes; room that none needs any more is used again. */
export class NodeHistograms {
  readonly #machine: TreeMachine;
  readonly #binned: BinnedFeatures;
  readonly #spare: Address[] = [];

  constructor(machine: TreeMachine, binned: BinnedFeatures) {
    this.#machine = machine;
    this.#binned = binned;
  }

  /** Room for a histogram, with whatever was there before. */
  take(): Address {
    return this.#spare.pop() ?? this.#machine.memory.take(this.#binned.totalBins * 16);
  }

  giveBack(histogram: Address): void {
    this.#spare.push(histogram);
  }

  clear(histogram: Address, { firstBin, bins }: FeatureRange) {
    return ['clearBins', histogram + firstBin * 16, bins] as const satisfies TreeCall;
  }

  /** Adds some rows to the bins of some features. @param list their numbers, uint32 */
  add(histogram: Address, range: FeatureRange, list: Address, count: number, sums: Address) {
    const { quads, table, rows } = this.#binned;
    return [
      'addRows',
      ...([count === rows ? 0 : list, count, quads, rows * 4, sums, table] as const),
      ...([range.fromPair, range.toPair, histogram, range.desk] as const),
    ] as const satisfies TreeCall;
  }

  /** Makes of a node's histogram what is left of it without one child's: the other child's. */
  subtract(histogram: Address, taken: Address, { firstBin, bins }: FeatureRange) {
    const at = firstBin * 16;
    return ['subtractBins', histogram + at, taken + at, bins] as const satisfies TreeCall;
  }
}
