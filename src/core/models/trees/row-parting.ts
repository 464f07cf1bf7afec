import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeCall, TreeMachine } from '#core/kernels/tree-kernels.ts';
import { stretchesOf } from '#core/parallel/stretches.ts';
import type { BinnedFeatures } from './binned-features.ts';
import type { Found } from './split-search.ts';

/** Parts the rows of a node by its split. */
export class RowParting {
  readonly #machine: TreeMachine;
  readonly #binned: BinnedFeatures;
  readonly #scratch: Address;
  readonly #goesLeft: Address;

  constructor(machine: TreeMachine, binned: BinnedFeatures) {
    this.#machine = machine;
    this.#binned = binned;
    this.#scratch = machine.memory.take(binned.rows * 4);
    this.#goesLeft = machine.memory.take(256);
  }

  /** Puts the rows that go left first, in their order, and says how many they are. @param list row numbers, uint32 */
  part({ feature, bin, missingGoesLeft }: Found, list: Address, count: number): number {
    const { memory, crew } = this.#machine;
    const { features, quads, rows } = this.#binned;
    const { octets } = memory;
    const goesLeft = this.#goesLeft;
    octets.fill(0, goesLeft, goesLeft + 256);
    if (typeof bin === 'number') octets.fill(1, goesLeft, goesLeft + bin + 1);
    else for (const one of bin) octets[goesLeft + one] = 1;
    const { bins = 0, hasMissing = false } = features[feature] ?? {};
    if (hasMissing) octets[goesLeft + bins] = Number(missingGoesLeft);
    const column = quads + (feature >> 2) * rows * 4 + (feature & 3);
    const stretches = stretchesOf(count, crew);
    const lefts = crew.run(
      stretches.map(({ from, count: own }): readonly TreeCall[] => {
        const at = from * 4;
        const to = [goesLeft, this.#scratch + at] as const;
        return [['partitionRows', list + at, own, column, ...to]];
      }),
    );
    let left = lefts[0] ?? 0;
    for (const [i, { from }] of stretches.entries()) {
      if (i > 0) left = this.#join(list / 4, left, from, lefts[i] ?? 0);
    }
    return left;
  }

  /** Brings parted rows behind parted rows together: of the first `from` rows `left` go left, of the next `ownLeft`. */
  #join(list: number, left: number, from: number, ownLeft: number): number {
    const { words } = this.#machine.memory;
    const scratch = this.#scratch / 4;
    const own = list + from;
    words.copyWithin(scratch, own, own + ownLeft);
    words.copyWithin(list + left + ownLeft, list + left, own);
    words.copyWithin(list + left, scratch, scratch + ownLeft);
    return left + ownLeft;
  }
}
