import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeCall, TreeMachine } from '#core/kernels/tree-kernels.ts';
import { stretchesOf } from '#core/parallel/stretches.ts';
import type { BinnedFeatures } from '../binned-features.ts';
import type { FeatureRange } from './feature-ranges.ts';

/** Rows of a node that are counted: `count` numbers of a list, uint32, from the `from`th on. */
export interface CountedRows {
  readonly list: Address;
  readonly from: number;
  readonly count: number;
  /** Whether the list is 0, 1, 2 … */
  readonly areAll: boolean;
}

/** Bytes that `addRows` reads of a record at a time. */
const PIECE = 16;

/** The histograms of a growing tree's open nodes; room that none needs any more is used again. */
export class NodeHistograms {
  readonly #machine: TreeMachine;
  readonly #binned: BinnedFeatures;
  /** Bins row after row: all of a row's stand in one or two of the lines that memory comes in. */
  readonly #records: Address;
  readonly #width: number;
  readonly #spare: Address[] = [];

  constructor(machine: TreeMachine, binned: BinnedFeatures) {
    const { memory, crew } = machine;
    const { rows, groups, quads } = binned;
    const width = Math.ceil(groups / 4) * PIECE;
    const records = memory.take(rows * width + PIECE);
    crew.run(
      stretchesOf(rows, crew).map(({ from, count }): readonly TreeCall[] => [
        ['writeRecords', quads + from * 4, rows * 4, groups, count, records + from * width, width],
      ]),
    );
    this.#machine = machine;
    this.#binned = binned;
    this.#records = records;
    this.#width = width;
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

  /** Adds rows to the bins of some features. */
  add(histogram: Address, range: FeatureRange, own: CountedRows, sums: Address) {
    const { rows, quads, table } = this.#binned;
    const { list, from, count, areAll } = own;
    const { fromPair, toPair, desk } = range;
    // prettier-ignore
    return areAll
      ? ([
          'addAllRows', count, quads + from * 4, rows * 4, sums + from * 16, table, fromPair, toPair, histogram,
        ] as const satisfies TreeCall)
      : ([
          'addRows', list + from * 4, count, this.#records, this.#width, sums, table, fromPair, toPair, histogram, desk,
        ] as const satisfies TreeCall);
  }

  /** Adds another histogram's bins to those of some features. */
  merge(histogram: Address, other: Address, { firstBin, bins }: FeatureRange) {
    const at = firstBin * 16;
    return ['addBins', histogram + at, other + at, bins] as const satisfies TreeCall;
  }

  /** Makes of a node's histogram what is left of it without one child's: the other child's. */
  subtract(histogram: Address, taken: Address, { firstBin, bins }: FeatureRange) {
    const at = firstBin * 16;
    return ['subtractBins', histogram + at, taken + at, bins] as const satisfies TreeCall;
  }
}
