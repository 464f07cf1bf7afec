import type { Cells } from '../cells.ts';
import type { DecimalMark } from '../normalize.ts';
import type { DateOrder } from '../parse-date.ts';
import { profileColumn } from '../profile/profile-column.ts';
import { forget, isLong } from '../readings.ts';
import type { ColumnSchema, Doubt, Table } from '../table.ts';
import { numberColumn, type Inferred } from './number-column.ts';
import { textColumn } from './text-column.ts';

/** What a person has settled about all columns of a file; null is found out column by column. */
export interface InferSettings {
  readonly decimal: DecimalMark | null;
  readonly dates: DateOrder | null;
}

/** Infers every column's type from all of its rows, with the evidence. */
export function inferColumns(
  table: Table,
  settings: InferSettings = { decimal: null, dates: null },
): { readonly columns: readonly ColumnSchema[]; readonly doubts: readonly Doubt[] } {
  const { decimal } = settings;
  const numbers = table.columns.map((cells, i) =>
    profiled(table, cells, numberColumn(table.names[i] ?? '', cells, decimal)),
  );
  // Who writes decimal commas writes the day first.
  const hasCommas = numbers.some((found) => found?.schema.decimal === ',');
  const dates = { given: settings.dates, usual: hasCommas ? 'day_first' : 'month_first' } as const;
  const inferred = table.columns.map(
    (cells, i) =>
      numbers[i] ??
      profiled(table, cells, textColumn(table.names[i] ?? '', cells, { decimal, dates })),
  );
  return {
    columns: inferred.map(({ schema }) => schema),
    doubts: inferred.flatMap(({ doubts }) => doubts),
  };
}

/** A long column is profiled while all that was read of it is at hand: reading it again would take as long again. */
export function profiled<T extends Inferred | null>(table: Table, cells: Cells, found: T): T {
  if (found !== null && isLong(cells)) {
    profileColumn(table, found.schema);
    forget(cells);
  }
  return found;
}
