import type { Dataset } from '../table.ts';
import { comparableValues, type ComparablePair } from './comparable-values.ts';
import { matchRows, type RowMatch } from './row-keys.ts';
import type { SharedColumn } from './schema-changes.ts';

/** What hears of each column that both versions have, once, and says then what became of the rows. */
export interface RowComparison<Rows> {
  take(column: SharedColumn, values: ComparablePair): void;
  finish(): Rows;
}

/** How many rows of each kind a diff shows. */
export const EXAMPLE_ROWS = 20;

/** What became of the rows, told apart by a key column. Rows count from 1. */
export interface KeyedRows {
  readonly key: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly same: number;
  /** Rows in which each column changed, most first; columns without a change are left out. */
  readonly changedColumns: readonly { readonly name: string; readonly rows: number }[];
  /** The first few of each: rows of the later version, removed ones of the earlier. */
  readonly examples: {
    readonly added: readonly number[];
    readonly removed: readonly number[];
    readonly changed: readonly ChangedRow[];
  };
}

export interface ChangedRow {
  readonly key: string;
  readonly before: number;
  readonly after: number;
  /** Cells as their files have them. */
  readonly cells: readonly {
    readonly column: string;
    readonly before: string;
    readonly after: string;
  }[];
}

/**
 * Matches the rows of two versions by a key, and then compares them column by column, by value: see
 * `ComparableValues`.
 * @throws TerrariumError as `matchRows` does
 */
export async function keyedRows(
  before: Dataset,
  after: Dataset,
  key: SharedColumn,
  signal?: AbortSignal,
): Promise<RowComparison<KeyedRows>> {
  const { name } = key.after;
  const match = await matchRows(name, comparableValues(before, after, key), signal);
  const { pairs, added, removed } = match;
  const isChanged = new Uint8Array(pairs.after.length);
  const counted: { readonly column: SharedColumn; readonly rows: number }[] = [];
  return {
    take: (column, values) => {
      const rows = noteChanges(values, match, isChanged);
      if (rows > 0) counted.push({ column, rows });
    },
    finish: () => {
      const changed = isChanged.reduce((sum, one) => sum + one, 0);
      const columns = counted.map(({ column }) => column);
      return {
        key: name,
        added: added.length,
        removed: removed.length,
        changed,
        same: pairs.after.length - changed,
        changedColumns: counted
          .map(({ column, rows }) => ({ name: column.after.name, rows }))
          .toSorted((a, b) => b.rows - a.rows),
        examples: {
          added: firstRows(added),
          removed: firstRows(removed),
          changed: changedRows(before, after, columns, name, firstChanged(match, isChanged)),
        },
      };
    },
  };
}

/** Marks the pairs whose values differ. @returns how many do */
function noteChanges(
  { before, after }: ComparablePair,
  { pairs }: RowMatch,
  isChanged: Uint8Array,
): number {
  let count = 0;
  for (let i = 0; i < pairs.after.length; i += 1) {
    if (sameValue(before[pairs.before[i] ?? 0], after[pairs.after[i] ?? 0])) continue;
    isChanged[i] = 1;
    count += 1;
  }
  return count;
}

function sameValue(a: number | string | undefined, b: number | string | undefined): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

function firstRows(rows: Int32Array): readonly number[] {
  return Array.from(rows.subarray(0, EXAMPLE_ROWS), (row) => row + 1);
}

/** The first pairs that differ, in the order of the later version. */
function firstChanged({ pairs }: RowMatch, isChanged: Uint8Array): RowMatch['pairs'] {
  const at: number[] = [];
  for (let i = 0; i < isChanged.length && at.length < EXAMPLE_ROWS; i += 1) {
    if (isChanged[i] === 1) at.push(i);
  }
  return {
    before: Int32Array.from(at, (i) => pairs.before[i] ?? 0),
    after: Int32Array.from(at, (i) => pairs.after[i] ?? 0),
  };
}

function changedRows(
  before: Dataset,
  after: Dataset,
  columns: readonly SharedColumn[],
  key: string,
  rows: RowMatch['pairs'],
): readonly ChangedRow[] {
  const keys = cellsOf(after, key, rows.after);
  const values = columns.map((column) => ({
    column: column.after.name,
    values: comparableValues(before, after, column, rows),
    before: cellsOf(before, column.after.name, rows.before),
    after: cellsOf(after, column.after.name, rows.after),
  }));
  return keys.map((text, i) => ({
    key: text,
    before: (rows.before[i] ?? 0) + 1,
    after: (rows.after[i] ?? 0) + 1,
    cells: values.flatMap((one) =>
      sameValue(one.values.before[i], one.values.after[i])
        ? []
        : { column: one.column, before: one.before[i] ?? '', after: one.after[i] ?? '' },
    ),
  }));
}

function cellsOf({ table }: Dataset, name: string, rows: Int32Array): readonly string[] {
  const cells = table.columns[table.names.indexOf(name)];
  return Array.from(rows, (row) => cells?.at(row) ?? '');
}
