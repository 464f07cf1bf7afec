import { Breather } from '#core/pause.ts';
import type { Dataset } from '../table.ts';
import { comparableValues } from './comparable-values.ts';
import { EXAMPLE_ROWS } from './keyed-rows.ts';
import { addColumn, emptyHashes, HashCounts, type RowHashes } from './row-hashes.ts';
import type { SharedColumn } from './schema-changes.ts';

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
export async function unkeyedRows(
  before: Dataset,
  after: Dataset,
  columns: readonly SharedColumn[],
  hear: { readonly signal?: AbortSignal; readonly onColumn?: (name: string) => void },
): Promise<UnkeyedRows> {
  const breather = new Breather(hear.signal);
  const hashes = {
    before: emptyHashes(before.table.rowCount),
    after: emptyHashes(after.table.rowCount),
  };
  for (const column of columns) {
    await breather.breathe();
    const values = comparableValues(before, after, column);
    addColumn(hashes.before, values.before);
    addColumn(hashes.after, values.after);
    hear.onColumn?.(column.after.name);
  }
  const added = without(hashes.after, hashes.before);
  const removed = without(hashes.before, hashes.after);
  return {
    key: null,
    added: added.count,
    removed: removed.count,
    same: after.table.rowCount - added.count,
    examples: { added: added.first, removed: removed.first },
  };
}

/** The rows that are left of one multiset when the rows of another are taken from it. */
function without(rows: RowHashes, others: RowHashes): { count: number; first: readonly number[] } {
  const counts = new HashCounts(others);
  const first: number[] = [];
  let count = 0;
  for (const [row, high] of rows.high.entries()) {
    if (counts.take(high, rows.low[row] ?? 0)) continue;
    count += 1;
    if (first.length < EXAMPLE_ROWS) first.push(row + 1);
  }
  return { count, first };
}
