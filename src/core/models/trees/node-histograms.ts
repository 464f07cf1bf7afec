import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { BinnedFeatures } from './binned-features.ts';

/** What `addRows` gathers a block of rows in. */
const DESK_BYTES = 4096 * 20;

/** The histograms of a growing tree's open nodes; room that none needs any more is used again. */
export class NodeHistograms {
  readonly #machine: TreeMachine;
  readonly #binned: BinnedFeatures;
  readonly #desk: Address;
  readonly #spare: Address[] = [];

  constructor(machine: TreeMachine, binned: BinnedFeatures) {
    this.#machine = machine;
    this.#binned = binned;
    this.#desk = machine.memory.take(DESK_BYTES);
  }

  /** Sums of some rows in every bin of every feature. @param list their numbers, uint32 */
  build(list: Address, count: number, sums: Address): Address {
    const { memory, kernels } = this.#machine;
    const { groups, quads, table, rows, totalBins } = this.#binned;
    const histogram = this.#spare.pop() ?? memory.take(totalBins * 16);
    memory.bytes(histogram, totalBins * 16).fill(0);
    kernels.addRows(
      ...([count === rows ? 0 : list, count, quads, rows * 4, sums, table] as const),
      ...([0, groups, histogram, this.#desk] as const),
    );
    return histogram;
  }

  /** Makes of a node's histogram what is left of it without one child's: the other child's. */
  subtract(histogram: Address, taken: Address): void {
    this.#machine.kernels.subtractBins(histogram, taken, this.#binned.totalBins);
  }

  giveBack(histogram: Address): void {
    this.#spare.push(histogram);
  }
}
