import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { BinnedFeatures } from './binned-features.ts';

/** The histograms of a growing tree's open nodes; room that none needs any more is used again. */
export class NodeHistograms {
  readonly #machine: TreeMachine;
  readonly #binned: BinnedFeatures;
  readonly #spare: Address[] = [];

  constructor(machine: TreeMachine, binned: BinnedFeatures) {
    this.#machine = machine;
    this.#binned = binned;
  }

  /** Sums of some rows in every bin of every feature, four features at a time. @param list their numbers, uint32 */
  build(list: Address, count: number, sums: Address): Address {
    const { memory, kernels } = this.#machine;
    const { groups, quads, rows, totalBins } = this.#binned;
    const histogram = this.#spare.pop() ?? memory.take(totalBins * 16);
    memory.bytes(histogram, totalBins * 16).fill(0);
    for (let group = 0; group < groups; group += 1) {
      const quad = quads + group * rows * 4;
      const [a, b, c, d] = this.#binsOf(group, histogram);
      if (count === rows) kernels.addAllRows(rows, quad, sums, a, b, c, d);
      else kernels.addRows(list, count, quad, sums, a, b, c, d);
    }
    return histogram;
  }

  /** Makes of a node's histogram what is left of it without one child's: the other child's. */
  subtract(histogram: Address, taken: Address): void {
    this.#machine.kernels.subtractBins(histogram, taken, this.#binned.totalBins);
  }

  giveBack(histogram: Address): void {
    this.#spare.push(histogram);
  }

  #binsOf(group: number, histogram: Address): [Address, Address, Address, Address] {
    const { features, fillBins } = this.#binned;
    const at = (lane: number): Address => {
      const j = group * 4 + lane;
      return histogram + 16 * (features[j]?.offset ?? fillBins + j - features.length);
    };
    return [at(0), at(1), at(2), at(3)];
  }
}
