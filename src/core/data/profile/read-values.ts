import type { ColumnSchema, ColumnType, Table } from '#core/data/table.ts';
import { typedColumn } from '#core/data/typed-columns.ts';
import { isoMilliseconds } from './iso-time.ts';

/** What a column's values are, for statistics: numbers, times, or texts; 'empty' where there are none. */
export type ValueKind = 'numbers' | 'times' | 'texts' | 'empty';

export function valueKind(type: ColumnType): ValueKind {
  if (type === 'numeric' || type === 'integer') return 'numbers';
  if (type === 'datetime') return 'times';
  return type === 'empty' ? 'empty' : 'texts';
}

/** Numbers of the given rows (all when absent), NaN for missing; times as milliseconds since 1970. */
export function readNumbers(table: Table, column: ColumnSchema, rows?: Int32Array): Float64Array {
  const typed = typedColumn(table, column, rows);
  if (typed.kind === 'numeric') return typed.values;
  return Float64Array.from(typed.values, isoMilliseconds);
}

/** Texts of the given rows (all when absent), '' for missing. */
export function readTexts(
  table: Table,
  column: ColumnSchema,
  rows?: Int32Array,
): readonly string[] {
  const typed = typedColumn(table, column, rows);
  return typed.kind === 'text' ? typed.values : Array.from(typed.values, numberText);
}

function numberText(value: number): string {
  return Number.isNaN(value) ? '' : String(value);
}
