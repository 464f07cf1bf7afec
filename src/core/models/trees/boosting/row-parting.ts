import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeCall, TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { BinnedFeatures } from '../binned-features.ts';
import type { RowPlace } from './node-place.ts';
import type { Found } from './split-search.ts';

/** Fewer rows are not worth a round of the crew. */
const LEAST_ROWS = 4096;

/** What the table of bins says of one that goes left. */
const LEFT = 255;
const TABLE_BYTES = 256;

/**
 * The rows of a growing tree's nodes. Those of a node's children take its place in another list: what is at an even
 * depth is in one, what is at an odd depth in the other, and what is not parted at all in the list of all rows.
 */
export class RowParting {
  readonly #machine: TreeMachine;
  readonly #binned: BinnedFeatures;
  readonly #all: Address;
  readonly #lists: readonly [Address, Address];
  readonly #goesLeft: Address;
  /** A table where all go left, and one where all go right behind it. */
  readonly #leftThenRight: Address;

  constructor(machine: TreeMachine, binned: BinnedFeatures) {
    const { memory } = machine;
    const { rows } = binned;
    this.#machine = machine;
    this.#binned = binned;
    this.#all = memory.take(rows * 4);
    this.#lists = [memory.take(rows * 4), memory.take(rows * 4)];
    this.#goesLeft = memory.take(TABLE_BYTES);
    this.#leftThenRight = memory.take(2 * TABLE_BYTES);
    memory.bytes(this.#leftThenRight, TABLE_BYTES).fill(LEFT);
    const all = memory.int32(this.#all, rows);
    for (let i = 0; i < rows; i += 1) all[i] = i;
  }

  /** Row numbers, uint32. */
  rowsOf({ from, depth }: RowPlace): Address {
    return (depth === 0 ? this.#all : this.#lists[depth % 2 === 0 ? 0 : 1]) + from * 4;
  }

  /**
   * What puts the rows that go left first, in their order; to be done before the next node is parted.
   * @param leftCount how many they are
   */
  parts(place: RowPlace, found: Found, leftCount: number): readonly TreeCall[][] {
    const { crew } = this.#machine;
    const { quads, rows } = this.#binned;
    const { feature } = found;
    const goesLeft = this.#tableOf(found);
    const column = quads + (feature >> 2) * rows * 4 + (feature & 3);

    const { from, count, depth } = place;
    const own = this.rowsOf(place);
    const left = this.rowsOf({ from, count, depth: depth + 1 });
    const right = left + leftCount * 4;
    // Two threads part rows from both ends: where each row goes is known, since it is known how many go left.
    const half = crew.size > 1 && count >= LEAST_ROWS ? count >> 1 : count;
    const parts: TreeCall[][] = [[['placeRows', own, half, false, column, goesLeft, left, right]]];
    if (half < count) {
      const ends = [right - 4, left + (count - 1) * 4] as const;
      parts.push([['placeRows', own + half * 4, count - half, true, column, goesLeft, ...ends]]);
    }
    return parts;
  }

  /** Which bins go left: of numbers mostly what is there already, which spares other threads a look at what is new. */
  #tableOf({ feature, bin, missingGoesLeft }: Found): Address {
    const { bins = 0, hasMissing = false } = this.#binned.features[feature] ?? {};
    if (typeof bin === 'number' && !(hasMissing && missingGoesLeft)) {
      return this.#leftThenRight + TABLE_BYTES - 1 - bin;
    }
    const own = this.#machine.memory.bytes(this.#goesLeft, TABLE_BYTES).fill(0);
    if (typeof bin === 'number') own.fill(LEFT, 0, bin + 1);
    else for (const one of bin) own[one] = LEFT;
    if (hasMissing) own[bins] = missingGoesLeft ? LEFT : 0;
    return this.#goesLeft;
  }
}
