import { inputError, type TerrariumError } from '#core/errors.ts';
import { Breather } from '#core/breather.ts';
import type { Dataset } from '../table.ts';
import { columnShift, type ColumnShift } from './column-shift.ts';
import { comparableValues, comparisonOf } from './comparable-values.ts';
import { keyedRows, type KeyedRows } from './keyed-rows.ts';
import { schemaChanges, sharedColumns, type SchemaChanges } from './schema-changes.ts';
import { withFileHashes } from './with-file-hashes.ts';
import { unkeyedRows, type UnkeyedRows } from './unkeyed-rows.ts';

/** What changed from one version of a data set to a later one. */
export interface DatasetDiff {
  readonly columns: SchemaChanges;
  readonly rows: KeyedRows | UnkeyedRows;
  /** Each column that both have and that has a distribution, the farthest apart first. */
  readonly shifts: readonly ColumnShift[];
}

export interface DiffOptions {
  /** Name of the column that tells rows apart; null to compare whole rows. */
  readonly key: string | null;
  readonly signal?: AbortSignal;
  /** Hears the share that is done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Compares two versions of a data set, each in its own types.
 * @throws TerrariumError `no_key_column`, `duplicate_keys`, `missing_keys`, `cancelled`
 */
export async function diffDatasets(
  earlier: Dataset,
  later: Dataset,
  { key, signal, onProgress }: DiffOptions,
): Promise<DatasetDiff> {
  const [before, after] = withFileHashes(earlier, later);
  const columns = sharedColumns(before.info, after.info);
  const keyColumn = columns.find((column) => column.after.name === key);
  if (key !== null && keyColumn === undefined) throw noKeyColumn(key);
  const rows =
    keyColumn === undefined
      ? unkeyedRows(before, after)
      : await keyedRows(before, after, keyColumn, signal);
  const breather = new Breather(signal);
  const shifts: ColumnShift[] = [];
  for (const [i, column] of columns.entries()) {
    await breather.breathe();
    const values = comparableValues(before, after, column);
    rows.take(column, values);
    const shift = columnShift(column.after.name, comparisonOf(column), values);
    if (shift !== null) shifts.push(shift);
    onProgress?.((i + 1) / columns.length);
  }
  return {
    columns: schemaChanges(before.info, after.info),
    rows: rows.finish(),
    shifts: shifts.toSorted((a, b) => b.distance - a.distance),
  };
}

function noKeyColumn(key: string): TerrariumError {
  return inputError(
    'no_key_column',
    `There is no column "${key}" in both versions, so rows can't be told apart by it.`,
    'Choose a column that both versions have, or compare without a key.',
    { column: key },
  );
}
