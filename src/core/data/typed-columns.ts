import { inputError } from '#core/errors.ts';
import type { FeatureColumn } from '#core/features/step.ts';
import type { Cells } from './cells.ts';
import { parseNumber, trimmed, type DecimalMark } from './normalize.ts';
import { isoDate, writtenDate, type DateOrder } from './parse-date.ts';
import { columnCells, type ColumnType, type Table } from './table.ts';

/** How the cells of a column are read. */
export interface CellReading {
  readonly name: string;
  readonly type: ColumnType;
  /** Trimmed texts that mean "missing"; the empty one always does. */
  readonly missing: readonly string[];
  readonly decimal?: DecimalMark | undefined;
  readonly dates?: DateOrder | undefined;
  /** Whether numbers must be integers, as they must in a column of that type. */
  readonly integer?: boolean | undefined;
  /** The categories of an ordinal column, lowest first. */
  readonly order?: readonly string[] | undefined;
}

/**
 * Reads the cells of the given rows as the contract says: numbers with NaN for missing, dates as ISO 8601
 * texts, or trimmed texts, with '' for missing.
 * @param rows 0-based row indexes; all rows when absent
 * @throws TerrariumError naming row and column of a cell that is not what the column holds
 */
export function typedColumn(table: Table, reading: CellReading, rows?: Int32Array): FeatureColumn {
  const cells = columnCells(table, reading.name);
  const count = rows?.length ?? table.rowCount;
  const rowAt = (i: number): number => (rows === undefined ? i : (rows[i] ?? 0));
  return reading.type === 'numeric' || reading.type === 'integer'
    ? { kind: 'numeric', name: reading.name, values: numbersOf(cells, reading, count, rowAt) }
    : { kind: 'text', name: reading.name, values: textsOf(cells, reading, count, rowAt) };
}

function numbersOf(
  cells: Cells,
  reading: CellReading,
  count: number,
  rowAt: (i: number) => number,
): Float64Array {
  const missing = new Set(reading.missing);
  const decimal = cells.numbers === null ? reading.decimal : '.';
  // Most columns name no number as missing, and then no number need be looked up.
  const couldBeNumber = reading.missing.some((text) => parseNumber(text, decimal) !== null);
  const mustBeInteger = reading.type === 'integer' || reading.integer === true;
  const values = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    const row = rowAt(i);
    const text = trimmed(cells.at(row));
    const value = text === '' ? null : parseNumber(text, decimal);
    if (text === '' || ((value === null || couldBeNumber) && missing.has(text))) values[i] = NaN;
    else if (value === null) throw refused(reading, text, row, 'number', 'not_a_number');
    else if (mustBeInteger && !Number.isInteger(value)) {
      throw refused(reading, text, row, 'integer', 'not_an_integer');
    } else values[i] = value;
  }
  return values;
}

function textsOf(
  cells: Cells,
  reading: CellReading,
  count: number,
  rowAt: (i: number) => number,
): string[] {
  const missing = new Set(reading.missing);
  const read = readerOf(reading);
  return Array.from({ length: count }, (_, i) => {
    const text = trimmed(cells.at(rowAt(i)));
    return text === '' || missing.has(text) ? '' : read(text, rowAt(i));
  });
}

/** What turns a present text into the column's value, or refuses it. */
function readerOf(reading: CellReading): (text: string, row: number) => string {
  const { order, dates = 'month_first' } = reading;
  if (reading.type === 'datetime') {
    return (text, row) => {
      const date = writtenDate(text);
      const iso = date === null ? null : isoDate(date, dates);
      if (iso === null) throw refused(reading, text, row, 'date', 'not_a_date');
      return iso;
    };
  }
  if (order === undefined) return (text) => text;
  const known = new Set(order);
  return (text, row) => {
    if (known.has(text)) return text;
    throw refused(reading, text, row, `value of its order (${order.join(' < ')})`, 'not_in_order');
  };
}

/** The given rows of a column, copied. */
export function takeRows(column: FeatureColumn, rows: Int32Array): FeatureColumn {
  if (column.kind === 'text') {
    return { ...column, values: Array.from(rows, (row) => column.values[row] ?? '') };
  }
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? NaN) };
}

function refused(
  { name }: CellReading,
  text: string,
  row: number,
  what: string,
  code: string,
): Error {
  const article = /^[aeiou]/.test(what) ? 'an' : 'a';
  return inputError(
    code,
    `Row ${row + 1}, column "${name}": "${text.slice(0, 40)}" is not ${article} ${what}.`,
    `Correct the value, or leave it empty where it is missing. In a spec, columns.${name}.missing lists the texts that mean missing.`,
    { row: row + 1, column: name },
  );
}
