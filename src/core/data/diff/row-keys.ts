import { inputError, type TerrariumError } from '#core/errors.ts';
import { Breather } from '#core/breather.ts';
import type { ColumnSchema, ColumnType, DatasetInfo } from '../table.ts';
import type { ComparablePair, ComparableValues } from './comparable-values.ts';
import { sharedColumns } from './schema-changes.ts';

/** Rows that two versions have in common by their keys, and those that only one has; all 0-based. */
export interface RowMatch {
  /** The same places in both arrays hold the rows of one key, in the order of the later version. */
  readonly pairs: { readonly before: Int32Array; readonly after: Int32Array };
  readonly removed: Int32Array;
  readonly added: Int32Array;
}

const SHOWN_ROWS = 5;

/**
 * Columns that can tell rows apart: present in both versions, with a value of its own in each row.
 * Identifiers come first; a measured number never counts, however unique.
 */
export function keyColumns(before: DatasetInfo, after: DatasetInfo): readonly string[] {
  const possible = sharedColumns(before, after).filter(
    (column) => tellsApart(column.before, before.rows) && tellsApart(column.after, after.rows),
  );
  const rank = (type: ColumnType): number => (type === 'identifier' ? 0 : 1);
  return possible
    .toSorted((a, b) => rank(a.after.type) - rank(b.after.type))
    .map((column) => column.after.name);
}

function tellsApart(column: ColumnSchema, rows: number): boolean {
  const measured = column.type === 'numeric' && !column.integer;
  return rows > 0 && column.missingCount === 0 && column.distinct === rows && !measured;
}

/**
 * Matches rows by the values of a key column.
 * @throws TerrariumError `duplicate_keys` or `missing_keys`, naming version and rows; `cancelled`
 */
export async function matchRows(
  column: string,
  values: ComparablePair,
  signal?: AbortSignal,
): Promise<RowMatch> {
  const earlier = await rowsByKey(column, values.before, 'earlier', signal);
  const later = await rowsByKey(column, values.after, 'later', signal);
  const pairs: { before: number[]; after: number[] } = { before: [], after: [] };
  const added: number[] = [];
  const breather = new Breather(signal);
  for (const [key, row] of later) {
    if ((row & 4095) === 0) await breather.breathe();
    const known = earlier.get(key);
    if (known === undefined) added.push(row);
    else {
      pairs.before.push(known);
      pairs.after.push(row);
      earlier.delete(key);
    }
  }
  return {
    pairs: { before: Int32Array.from(pairs.before), after: Int32Array.from(pairs.after) },
    removed: Int32Array.from(earlier.values()),
    added: Int32Array.from(added),
  };
}

async function rowsByKey(
  column: string,
  values: ComparableValues,
  version: 'earlier' | 'later',
  signal?: AbortSignal,
): Promise<Map<string | number, number>> {
  const breather = new Breather(signal);
  const rows = new Map<string | number, number>();
  const missing: number[] = [];
  const repeated: [number, number][] = [];
  for (let row = 0; row < values.length; row += 1) {
    const key = values[row] ?? '';
    if ((row & 4095) === 0) await breather.breathe();
    if (key === '' || Number.isNaN(key)) {
      if (missing.length < SHOWN_ROWS) missing.push(row + 1);
      continue;
    }
    const first = rows.get(key);
    if (first === undefined) rows.set(key, row);
    else if (repeated.length < SHOWN_ROWS) repeated.push([first + 1, row + 1]);
  }
  if (missing.length > 0) throw missingKeys(column, version, missing);
  if (repeated.length > 0) throw duplicateKeys(column, version, repeated);
  return rows;
}

const chooseAnother =
  'Choose a column that has a value of its own in each row, or compare without a key.';

function missingKeys(column: string, version: string, rows: readonly number[]): TerrariumError {
  const named = rows.length === 1 ? `row ${rows.join('')}` : `rows ${rows.join(', ')}`;
  return inputError(
    'missing_keys',
    `The column "${column}" can't tell rows apart: in the ${version} version it is empty in ${named}.`,
    chooseAnother,
    { column, rows },
  );
}

function duplicateKeys(
  column: string,
  version: string,
  rows: readonly (readonly [number, number])[],
): TerrariumError {
  const named = rows.map(([first, again]) => `rows ${first} and ${again}`).join(', ');
  return inputError(
    'duplicate_keys',
    `The column "${column}" can't tell rows apart: in the ${version} version ${named} have the same value.`,
    chooseAnother,
    { column, rows },
  );
}
