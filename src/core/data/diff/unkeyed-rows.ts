import type { Dataset } from '../table.ts';
import { EXAMPLE_ROWS, type RowComparison } from './keyed-rows.ts';
import { addColumn, emptyHashes, HashCounts, type RowHashes } from './row-hashes.ts';

/**
 * What became of the rows as wholes, without a key: a changed row counts as one removed and one added.
 * Equal rows count as often as they stand, and their order does not matter. Rows count from 1.
 */
export interface UnkeyedRows {
  readonly key: null;
  readonly added: number;
  readonly removed: number;
  readonly same: number;
  /** The first few of each: rows of the later version, removed ones of the earlier. */
  readonly examples: { readonly added: readonly number[]; readonly removed: readonly number[] };
}

/** Compares whole rows by the columns that both versions have, by value: see `ComparableValues`. */
export function unkeyedRows(before: Dataset, after: Dataset): RowComparison<UnkeyedRows> {
  const earlier = emptyHashes(before.table.rowCount);
  const later = emptyHashes(after.table.rowCount);
  return {
    take: (_, values) => {
      addColumn(earlier, values.before);
      addColumn(later, values.after);
    },
    finish: () => {
      const added = without(later, earlier);
      const removed = without(earlier, later);
      return {
        key: null,
        added: added.count,
        removed: removed.count,
        same: after.table.rowCount - added.count,
        examples: { added: added.first, removed: removed.first },
      };
    },
  };
}

/** The rows that are left of one multiset when the rows of another are taken from it. */
function without(rows: RowHashes, others: RowHashes): { count: number; first: readonly number[] } {
  const counts = new HashCounts(others);
  const first: number[] = [];
  let count = 0;
  for (let row = 0; row < rows.high.length; row += 1) {
    if (counts.take(rows.high[row] ?? 0, rows.low[row] ?? 0)) continue;
    count += 1;
    if (first.length < EXAMPLE_ROWS) first.push(row + 1);
  }
  return { count, first };
}
