export const partNames = ['train', 'validation', 'test'] as const;
export type PartName = (typeof partNames)[number];

/** Shares of the rows, which sum to 1. */
export type Shares = Readonly<Record<PartName, number>>;

/** Row indexes of each part, ascending; the parts are disjoint. */
export type SplitRows = Readonly<Record<PartName, Int32Array>>;

/** One round of a cross-validation: row indexes, ascending; the two are disjoint. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Stands in place of a part's index where an entry is in no part. */
export const LEFT_OUT = -1;

/** The rows whose entry was dealt to `wanted`; ascending where `rows` is. */
export function rowsDealtTo(
  rows: Int32Array,
  dealt: Int8Array | Int32Array,
  wanted: number,
): Int32Array {
  return rows.filter((_, i) => dealt[i] === wanted);
}
