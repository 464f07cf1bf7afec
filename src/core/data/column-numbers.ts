import { isoMilliseconds } from './iso-time.ts';
import { plainDatesOf } from './readings.ts';
import { columnCells, type Table } from './table.ts';
import { typedColumn, type CellReading } from './typed-columns.ts';

/**
 * The values of a column as numbers, NaN for missing: times in milliseconds since 1970.
 * @param rows 0-based row indexes; all rows when absent
 * @throws TerrariumError naming row and column of a cell that is not what the column holds
 */
export function columnNumbers(table: Table, reading: CellReading, rows?: Int32Array): Float64Array {
  const plain =
    reading.type === 'datetime'
      ? plainDatesOf(columnCells(table, reading.name), reading.missing)
      : null;
  if (plain !== null) {
    return rows === undefined
      ? plain.times
      : Float64Array.from(rows, (row) => plain.times[row] ?? NaN);
  }
  const typed = typedColumn(table, reading, rows);
  return typed.kind === 'numeric' ? typed.values : Float64Array.from(typed.values, isoMilliseconds);
}
