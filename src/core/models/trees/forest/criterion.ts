import type { Address } from '#core/kernels/kernel-memory.ts';

/** A place where a split parts a node: bins up to `lastLeft` go left. */
export interface FoundSplit {
  readonly feature: number;
  readonly lastLeft: number;
  /** The first bin on the right that has rows; −1 where only missing values go right. */
  readonly firstRight: number;
  readonly missing: (typeof SIDES)[number];
  /** What the split makes the impurity of its rows smaller by, in total. */
  readonly gain: number;
}

/** Where missing values go, in the order of the kernels' numbers. */
export const SIDES = ['right', 'left', 'none'] as const;

/**
 * How splits are judged and what a leaf says. Sums over a node's rows stand in numbered slots, of which a tree that grows
 * uses as many as it has open nodes.
 */
export interface Criterion {
  /** Numbers in a leaf. */
  readonly valueWidth: number;
  /** What gains are multiplied by to be in the unit of scikit-learn's impurities, times the weight of the rows. */
  readonly impurityUnit: number;
  /** Takes what each row counts in the next tree, and sums up the rows that are in it in slot 0. */
  begin(rows: Int32Array, weights: Float64Array): void;
  /** Forgets what was found. */
  reset(): void;
  /**
   * Tries one feature for a node, and keeps its split if it is better than what was found.
   * @param draw negative for the best threshold, else a number in [0, 2): its fraction draws one, and from 1 on missing
   *   values go left
   * @returns whether the feature's values differ within the node
   */
  look(node: NodeRows, feature: number, draw: number): boolean;
  /** The best split since `reset`, if there was any. */
  found(slot: number): FoundSplit | undefined;
  /** Puts the sums of the left side of what was found last into another slot, and leaves those of the right side in the slot. */
  divide(slot: number, left: number): void;
  /** What the slot's rows weigh together. */
  weight(slot: number): number;
  /** A leaf's mean, or the share of each class. */
  leaf(slot: number): readonly number[];
}

export interface NodeRows {
  readonly rows: Address;
  readonly count: number;
  readonly slot: number;
}
