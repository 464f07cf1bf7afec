import { inputError } from '#core/errors.ts';
import type { FeatureColumn } from '#core/features/column.ts';
import type { Cells } from './cells.ts';
import { parseMeasured, trimmed, type DecimalMark } from './normalize.ts';
import { readNumbers } from './read-numbers.ts';
import { distinctOf, keepNumbers, keptNumbers } from './readings.ts';
import { isoDate, writtenDate, type DateOrder } from './parse-date.ts';
import { replacementOf, type TextReplacement } from './replace-text.ts';
import { columnCells, type ColumnType, type Table } from './table.ts';

/** How the cells of a column are read. */
export interface CellReading extends TextReplacement {
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
  /** An order that nobody has set: other texts are not refused for it. */
  readonly ranks?: readonly string[] | undefined;
  /** Whether texts are read as they stand: white space at their ends counts. */
  readonly verbatim?: true | undefined;
}

/**
 * Reads the cells of the given rows as the contract says: numbers with NaN for missing, dates as ISO 8601
 * texts, or trimmed texts, with '' for missing.
 * @param rows 0-based row indexes; all rows when absent
 * @throws TerrariumError naming row and column of a cell that is not what the column holds
 */
export function typedColumn(table: Table, reading: CellReading, rows?: Int32Array): FeatureColumn {
  const cells = columnCells(table, reading.name);
  const { name } = reading;
  return reading.type === 'numeric' || reading.type === 'integer'
    ? { kind: 'numeric', name, values: numbersOf(cells, reading, rows) }
    : { kind: 'text', name, values: textsOf(cells, reading, rows), ...orderOf(reading) };
}

function numbersOf(cells: Cells, reading: CellReading, rows?: Int32Array): Float64Array {
  const decimal = cells.numbers === null ? (reading.decimal ?? '.') : '.';
  const kept = keptNumbers(cells, { missing: reading.missing, decimal });
  const all = kept ?? (rows === undefined ? allNumbers(cells, reading, decimal) : null);
  const values =
    rows === undefined
      ? (all ?? new Float64Array(0))
      : Float64Array.from(rows, (row) =>
          all === null ? numberAt(cells, row, reading, decimal) : (all[row] ?? NaN),
        );
  if (reading.type === 'integer' || reading.integer === true) {
    const at = firstFraction(values);
    const row = rows === undefined ? at : (rows[at] ?? 0);
    if (at >= 0)
      throw refused(reading, cells.at(row), row, { what: 'integer', code: 'not_an_integer' });
  }
  return values;
}

/** Index of the first number that is no integer; -1 where there is none. */
function firstFraction(values: Float64Array): number {
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (!Number.isNaN(value) && !Number.isInteger(value)) return i;
  }
  return -1;
}

function allNumbers(cells: Cells, reading: CellReading, decimal: DecimalMark): Float64Array {
  const values = new Float64Array(cells.length);
  const missing = new Set(reading.missing);
  readNumbers(cells, values, decimal, (text, row) => {
    if (text === '' || missing.has(text)) return true;
    throw noNumber(reading, text, row, decimal);
  });
  for (const number of missingNumbers(reading, decimal)) {
    for (let row = 0; row < values.length; row += 1) {
      if (values[row] === number && missing.has(trimmed(cells.at(row)))) values[row] = NaN;
    }
  }
  keepNumbers(cells, { missing: reading.missing, decimal }, values);
  return values;
}

/** Numbers that mean "missing", such as -999. */
function missingNumbers({ missing }: CellReading, decimal: DecimalMark): Set<number> {
  return new Set(missing.flatMap((text) => parseMeasured(text, decimal) ?? []));
}

function numberAt(cells: Cells, row: number, reading: CellReading, decimal: DecimalMark): number {
  const text = trimmed(cells.at(row));
  if (text === '' || reading.missing.includes(text)) return NaN;
  const value = cells.numbers?.[row] ?? parseMeasured(text, decimal);
  if (value === null) throw noNumber(reading, text, row, decimal);
  return value;
}

/** Rows of one text share it: each distinct one is made and checked once. */
function textsOf(cells: Cells, reading: CellReading, rows?: Int32Array): string[] {
  const { codes, firstRows } = distinctOf(cells);
  const missing = new Set(reading.missing);
  const read = readerOf(reading);
  const made: (string | undefined)[] = [];
  const textAt = (row: number): string => {
    const code = codes[row] ?? 0;
    const known = made[code];
    if (known !== undefined) return known;
    const cell = cells.at(firstRows[code] ?? 0);
    const text = reading.verbatim === true ? cell : trimmed(cell);
    const value = text === '' || missing.has(text) ? '' : read(withoutNul(text), row);
    made[code] = value;
    return value;
  };
  return rows === undefined
    ? Array.from({ length: cells.length }, (_, row) => textAt(row))
    : Array.from(rows, textAt);
}

/** onnxruntime-web reads a text up to U+0000, and other runtimes read all of it: U+FFFD takes its place, as in HTML. */
function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}

/** What turns a present text into the column's value, or refuses it. */
function readerOf(reading: CellReading): (text: string, row: number) => string {
  const { dates = 'month_first' } = reading;
  if (reading.type === 'datetime') {
    return (text, row) => {
      const date = writtenDate(text);
      const iso = date === null ? null : isoDate(date, dates);
      if (iso === null) throw noDate(reading, text, row, dates);
      return iso;
    };
  }
  const replaced = replacementOf(reading);
  const { order } = reading;
  if (order === undefined) return replaced ?? ((text) => text);
  const known = new Set(orderOf(reading).order);
  return (cell, row) => {
    const text = replaced?.(cell) ?? cell;
    if (known.has(text)) return text;
    const what = `value of its order (${order.join(' < ')})`;
    throw refused(reading, text, row, { what, code: 'not_in_order' });
  };
}

/** The categories of an ordinal column, lowest first, as its cells are read. */
function orderOf(reading: CellReading): { readonly order?: readonly string[] } {
  const { order = reading.ranks } = reading;
  if (order === undefined) return {};
  const replaced = replacementOf(reading);
  return { order: replaced === null ? order : [...new Set(order.map(replaced))] };
}

/** The given rows of a column, copied. */
export function takeRows(column: FeatureColumn, rows: Int32Array): FeatureColumn {
  if (column.kind === 'text') {
    return { ...column, values: Array.from(rows, (row) => column.values[row] ?? '') };
  }
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? NaN) };
}

function noNumber(reading: CellReading, text: string, row: number, decimal: DecimalMark): Error {
  const other = decimal === '.' ? ',' : '.';
  const hint =
    parseMeasured(text, other) === null
      ? undefined
      : `With a decimal ${other === ',' ? 'comma' : 'point'} it is one: set the decimal mark, data.read.decimal.`;
  return refused(reading, text, row, { what: 'number', code: 'not_a_number', hint });
}

function noDate(reading: CellReading, text: string, row: number, dates: DateOrder): Error {
  const date = writtenDate(text);
  const other = dates === 'day_first' ? 'month_first' : 'day_first';
  const hint =
    date === null || isoDate(date, other) === null
      ? undefined
      : `With the ${other === 'day_first' ? 'day' : 'month'} first it is one: set how dates are written, data.read.dates.`;
  return refused(reading, text, row, { what: 'date', code: 'not_a_date', hint });
}

function refused(
  { name }: CellReading,
  text: string,
  row: number,
  {
    what,
    code,
    hint = `Correct the value, leave it empty where it is missing, or add it to the column’s texts that mean missing (in a spec, columns.${name}.missing).`,
  }: { readonly what: string; readonly code: string; readonly hint?: string | undefined },
): Error {
  const article = /^[aeiou]/.test(what) ? 'an' : 'a';
  return inputError(
    code,
    `Row ${row + 1}, column "${name}": "${text.slice(0, 40)}" is not ${article} ${what}.`,
    hint,
    { row: row + 1, column: name },
  );
}
