import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { RandomStream } from '#core/random.ts';
import { ENTRY_BYTES, SKIPPED, type BinnedFeatures } from '../binned-features.ts';

/** The features that a node's split may be of. */
export interface DrawnFeatures {
  /** As `findSplit` reads it: all others are left out. */
  readonly table: Address;
  /** A 1 for each that was drawn. */
  readonly isDrawn: Uint8Array;
}

/** How many features a share is: rounded up, as in scikit-learn's HistGradientBoosting, and 1 at least. */
export function drawnCount(share: number, width: number): number {
  return Math.max(1, Math.ceil(share * width));
}

/** Draws some of the features anew for each node. Nodes are looked at two at a time, so that there is room for two draws. */
export class FeatureDraw {
  readonly #machine: TreeMachine;
  readonly #random: RandomStream;
  readonly #count: number;
  /** Features in the order of earlier draws, and the flags that they have in the table. */
  readonly #order: Int32Array;
  readonly #flags: Int32Array;
  readonly #draws: readonly [DrawnFeatures, DrawnFeatures];

  /** @param binned with its table complete */
  constructor(
    machine: TreeMachine,
    { features, table }: BinnedFeatures,
    share: number,
    random: RandomStream,
  ) {
    const { memory } = machine;
    const width = features.length;
    const room = width * ENTRY_BYTES;
    this.#machine = machine;
    this.#random = random;
    this.#count = drawnCount(share, width);
    this.#order = Int32Array.from({ length: width }, (_, j) => j);
    const copy = (): DrawnFeatures => {
      const own = memory.take(room);
      memory.octets.copyWithin(own, table, table + room);
      return { table: own, isDrawn: new Uint8Array(width) };
    };
    this.#draws = [copy(), copy()];
    const entries = memory.int32(table, width * (ENTRY_BYTES / 4));
    this.#flags = Int32Array.from({ length: width }, (_, j) => entries[flagsAt(j)] ?? 0);
  }

  /** @param which of the two nodes it is for; what was drawn for it before is gone */
  draw(which: 0 | 1): DrawnFeatures {
    const drawn = this.#draws[which];
    const order = this.#order;
    for (let i = 0; i < this.#count; i += 1) {
      const j = i + this.#random.integer(order.length - i);
      const feature = order[j] ?? 0;
      order[j] = order[i] ?? 0;
      order[i] = feature;
    }
    const { words } = this.#machine.memory;
    drawn.isDrawn.fill(0);
    for (const [i, feature] of order.entries()) {
      const isDrawn = i < this.#count;
      const flags = this.#flags[feature] ?? 0;
      if (isDrawn) drawn.isDrawn[feature] = 1;
      words[drawn.table / 4 + flagsAt(feature)] = isDrawn ? flags : flags | SKIPPED;
    }
    return drawn;
  }
}

/** Where a feature's flags are, in 32-bit words. */
function flagsAt(feature: number): number {
  return (feature * ENTRY_BYTES) / 4 + 2;
}
