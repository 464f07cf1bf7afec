import { isoMilliseconds } from '../iso-time.ts';
import type { ColumnSchema, ColumnType, Dataset, Table } from '../table.ts';
import { typedColumn } from '../typed-columns.ts';
import { asBoolean, booleanNotation } from './boolean-notation.ts';
import type { SharedColumn } from './schema-changes.ts';

/**
 * A column's values as versions are compared by: numbers (NaN for missing) where both versions hold
 * numbers, so that 1.50 is 1.5; else texts ('' for missing), dates as ISO 8601, and yes and no in one notation where
 * they have two. What counts as missing is each version's own.
 */
export type ComparableValues = Float64Array | readonly string[];

export interface ComparablePair {
  readonly before: ComparableValues;
  readonly after: ComparableValues;
}

/** Rows to read of each version; all where absent. */
export interface RowChoice {
  readonly before: Int32Array;
  readonly after: Int32Array;
}

/** How a column's values can be compared, by the types that both versions gave it. */
export type Comparison = 'numbers' | 'times' | 'categories' | 'texts';

export function comparisonOf(column: SharedColumn): Comparison {
  if (booleanNotation(column) !== null) return 'categories';
  const { before, after } = column;
  const kinds = new Set([kindOf(before.type), kindOf(after.type)]);
  const [kind = 'texts'] = kinds;
  return kinds.size === 1 ? kind : 'texts';
}

export function comparableValues(
  before: Dataset,
  after: Dataset,
  column: SharedColumn,
  rows?: RowChoice,
): ComparablePair {
  const comparison = comparisonOf(column);
  const pair = {
    before: valuesOf(before.table, column.before, comparison, rows?.before),
    after: valuesOf(after.table, column.after, comparison, rows?.after),
  };
  return booleanNotation(column) === null
    ? pair
    : { before: asBooleans(pair.before), after: asBooleans(pair.after) };
}

/** Numbers as they are, times as milliseconds since 1970; NaN for missing. */
export function asNumbers(values: ComparableValues): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values, isoMilliseconds);
}

function asBooleans(values: ComparableValues): readonly string[] {
  return [...values].map((value) => asBoolean(String(value)));
}

function kindOf(type: ColumnType): Comparison {
  switch (type) {
    case 'numeric':
    case 'integer':
      return 'numbers';
    case 'datetime':
      return 'times';
    case 'boolean':
    case 'categorical':
    case 'ordinal':
      return 'categories';
    case 'text':
    case 'identifier':
    case 'image':
    case 'empty':
      return 'texts';
  }
}

function valuesOf(
  table: Table,
  { name, missing, decimal, dates }: ColumnSchema,
  comparison: Comparison,
  rows?: Int32Array,
): ComparableValues {
  const type = readAs[comparison];
  return typedColumn(table, { name, type, missing, decimal, dates }, rows).values;
}

const readAs: Readonly<Record<Comparison, ColumnType>> = {
  numbers: 'numeric',
  times: 'datetime',
  categories: 'categorical',
  texts: 'text',
};
