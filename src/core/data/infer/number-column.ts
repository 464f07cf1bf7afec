import type { Cells } from '../cells.ts';
import { isoDate, writtenDate } from '../parse-date.ts';
import { readNumbers } from '../read-numbers.ts';
import { keepNumbers, sortedPresent } from '../readings.ts';
import {
  isLongInteger,
  MISSING_TOKENS,
  NUMERIC_MISSING_TOKENS,
  trimmed,
  type DecimalMark,
} from '../normalize.ts';
import type { ColumnSchema, Doubt } from '../table.ts';
import { grouped, missingDoubt } from './evidence.ts';
import { runsOf } from './runs.ts';

/** Below this many values nothing is called an identifier. */
export const IDENTIFIER_MIN_VALUES = 10;

/** Numbers of telephones have seven digits and more. */
const SMALLEST_PHONE = 1e6;
/** Values that are looked at to tell them. */
const LOOKED_AT = 100;

/** Days that numbers of eight digits are taken for. */
const FIRST_DAY = 18_000_101;
const LAST_DAY = 21_991_231;

const missing = [...MISSING_TOKENS, ...NUMERIC_MISSING_TOKENS];
const tokens = new Set(missing);
/** 1,234 could be either; 1,23 and 1234,5 are decimals. */
const LIKE_THOUSANDS = /^[+-]?[1-9]\d{0,2},\d{3}$/;

/** A column's numbers. */
export interface NumbersIn {
  /** One per row, NaN for missing. */
  readonly values: Float64Array;
  readonly missing: number;
  readonly missingTexts: ReadonlyMap<string, number>;
  readonly decimal: DecimalMark;
}

export interface Inferred {
  readonly schema: ColumnSchema;
  readonly doubts: readonly Doubt[];
}

/** @returns null where some cell is neither a number nor missing, none is a number, or whole ones are so long that they are codes */
export function numberColumn(
  name: string,
  cells: Cells,
  decimal: DecimalMark | null,
): Inferred | null {
  const reading = numbersIn(cells, decimal);
  return reading === null ? null : describe(name, cells, reading);
}

/** The numbers of a column, read with either decimal mark where none is given; null as in `numberColumn`. */
export function numbersIn(cells: Cells, decimal: DecimalMark | null): NumbersIn | null {
  const reading =
    cells.numbers === null
      ? decimal === null
        ? (readColumn(cells, '.') ?? readDecimalCommas(cells))
        : readColumn(cells, decimal)
      : given(cells.numbers);
  return reading?.missing === cells.length ? null : reading;
}

function given(values: Float64Array): NumbersIn {
  let count = 0;
  for (let i = 0; i < values.length; i += 1) if (Number.isNaN(values[i])) count += 1;
  return { values, missing: count, missingTexts: new Map(), decimal: '.' };
}

function readColumn(cells: Cells, decimal: DecimalMark): NumbersIn | null {
  const values = new Float64Array(cells.length);
  const missingTexts = new Map<string, number>();
  let count = 0;
  const isNumeric = readNumbers(cells, values, decimal, (text) => {
    if (!tokens.has(text)) return false;
    count += 1;
    if (text !== '') missingTexts.set(text, (missingTexts.get(text) ?? 0) + 1);
    return true;
  });
  if (!isNumeric) return null;
  keepNumbers(cells, { missing, decimal }, values);
  return { values, missing: count, missingTexts, decimal };
}

/** Numbers with decimal commas, where at least one can be nothing else. */
function readDecimalCommas(cells: Cells): NumbersIn | null {
  const reading = readColumn(cells, ',');
  if (reading === null) return null;
  for (let row = 0; row < cells.length; row += 1) {
    const text = trimmed(cells.at(row));
    if (text.includes(',') && !LIKE_THOUSANDS.test(text)) return reading;
  }
  return null;
}

function describe(name: string, cells: Cells, reading: NumbersIn): Inferred | null {
  const { values, decimal } = reading;
  const ordered = sortedPresent(cells, values);
  const isInteger = ordered.every((value) => Number.isInteger(value));
  if (isInteger && (holdsCodes(cells, ordered) || arePhones(cells, ordered))) return null;
  const isExact = ordered.every((value) => Math.fround(value) === value);
  const { distinct, top } = runsOf(ordered);
  const base = {
    name,
    missing,
    missingCount: reading.missing,
    distinct,
    top: top.map(({ value, count }) => ({ value: String(value), count })),
    dtype: isExact ? ('float32' as const) : ('float64' as const),
    integer: isInteger,
    min: ordered[0] ?? NaN,
    max: ordered.at(-1) ?? NaN,
    ...(decimal === ',' ? { decimal } : {}),
  };
  const doubts = [...missingDoubt(name, reading)];
  if (isRowNumber(values)) {
    const evidence = `counts the rows from ${values[0] ?? 0}`;
    doubts.push({
      column: name,
      message: `Column "${name}" ${evidence}; it is taken for a row number and left out of the model.`,
    });
    return { schema: { ...base, type: 'identifier', evidence }, doubts };
  }
  if (isInteger && areDays(ordered)) {
    doubts.push({
      column: name,
      message: `Column "${name}": its numbers could be dates, such as ${ordered[0] ?? 0} for ${dayOf(ordered[0] ?? 0) ?? ''}. Read it as datetime if they are.`,
      inSpec: `columns.${name}.type`,
    });
  }
  const kind = `${isInteger ? 'integers' : 'numbers'}${decimal === ',' ? ' with decimal commas' : ''}`;
  const evidence = `all ${grouped(cells.length - reading.missing)} values are ${kind}`;
  return { schema: { ...base, type: 'numeric', evidence }, doubts };
}

/** Whether whole numbers are written out past 2^53: account numbers, not quantities. What a file stored as a number is one. */
function holdsCodes(cells: Cells, ordered: Float64Array): boolean {
  const largest = Math.max(-(ordered[0] ?? 0), ordered.at(-1) ?? 0);
  if (cells.numbers !== null || largest <= Number.MAX_SAFE_INTEGER) return false;
  for (let row = 0; row < cells.length; row += 1) {
    if (isLongInteger(trimmed(cells.at(row)))) return true;
  }
  return false;
}

/** Whether a third of the first rows begin with a plus and have seven digits and more: +491511234567 is no quantity. */
function arePhones(cells: Cells, ordered: Float64Array): boolean {
  if (cells.numbers !== null || (ordered.at(-1) ?? 0) < SMALLEST_PHONE) return false;
  let present = 0;
  let phones = 0;
  for (let row = 0; row < cells.length && present < LOOKED_AT; row += 1) {
    const text = trimmed(cells.at(row));
    if (text === '' || tokens.has(text)) continue;
    present += 1;
    if (/^\+\d{7,15}$/.test(text)) phones += 1;
  }
  return phones >= present / 3;
}

/** Whether all are days of a calendar as eight digits, and not all the same. */
function areDays(ordered: Float64Array): boolean {
  const [low = 0, high = 0] = [ordered[0], ordered.at(-1)];
  if (low < FIRST_DAY || high > LAST_DAY || low === high) return false;
  return ordered.every((value, i) => value === ordered[i - 1] || dayOf(value) !== null);
}

/** 20240229 in ISO 8601. */
function dayOf(number: number): string | null {
  const date = writtenDate(String(number));
  return date === null ? null : isoDate(date, 'month_first');
}

/** 0, 1, 2, … or 1, 2, 3, … in every row: an index that a program wrote. */
function isRowNumber(values: Float64Array): boolean {
  const start = values[0];
  if (values.length < IDENTIFIER_MIN_VALUES || (start !== 0 && start !== 1)) return false;
  return values.every((value, row) => value === start + row);
}
