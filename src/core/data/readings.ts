import { ByteCells } from './byte-cells.ts';
import type { Cells } from './cells.ts';
import { dictionaryOf, type Dictionary } from './dictionary.ts';
import type { DecimalMark } from './normalize.ts';
import { readPlainDates, type PlainDates } from './plain-dates.ts';
import { sortDecimals } from './profile/sort-decimals.ts';
import { sortNumbers } from './profile/sort-numbers.ts';

/**
 * What was read from a column once is kept with its cells: inference, profile, audit and training ask for the same
 * numbers and the same distinct texts. Of longer columns than this only the latest one's is: all would fill the memory.
 */
const LONG_ROWS = 2_000_000;

export function isLong(cells: Cells): boolean {
  return cells.length > LONG_ROWS;
}

interface Kept {
  numbers: { readonly key: string; readonly values: Float64Array } | null;
  sorted: { readonly of: Float64Array; readonly values: Float64Array } | null;
  dictionary: Dictionary | null;
  dates: { readonly key: string; readonly dates: PlainDates | null } | null;
}

const keptOf = new WeakMap<Cells, Kept>();
let latestLong: WeakRef<Cells> | null = null;

function kept(cells: Cells): Kept {
  const known = keptOf.get(cells);
  if (known !== undefined) return known;
  const empty = { numbers: null, sorted: null, dictionary: null, dates: null };
  if (isLong(cells)) {
    const before = latestLong?.deref();
    if (before !== undefined) keptOf.delete(before);
    latestLong = new WeakRef(cells);
  }
  keptOf.set(cells, empty);
  return empty;
}

/**
 * Lets go of what was read from a column, and of its memory at once: of ten million rows a few columns together are more
 * than there is, before the engine would look for what is not needed. Nobody may hold any of it still.
 */
export function forget(cells: Cells): void {
  const found = keptOf.get(cells);
  keptOf.delete(cells);
  // Other cells have numbers and dates of their own.
  if (!(cells instanceof ByteCells) || found === undefined) return;
  const { numbers, sorted, dates, dictionary } = found;
  const arrays = [numbers?.values, sorted?.values, dates?.dates?.times, dictionary?.codes];
  // Numbers in order are sorted as they are.
  for (const buffer of new Set(arrays.map((array) => array?.buffer))) {
    if (buffer instanceof ArrayBuffer) release(buffer);
  }
}

function release(buffer: ArrayBuffer): void {
  // Node 20 has no such method.
  if ('transfer' in buffer) (buffer as { transfer: (length: number) => unknown }).transfer(0);
}

/** How a column's cells become numbers. */
export interface NumberReading {
  readonly missing: readonly string[];
  readonly decimal: DecimalMark;
}

/** The numbers of a column, where it was read in this way last; not to be changed. */
export function keptNumbers(cells: Cells, reading: NumberReading): Float64Array | null {
  const { numbers } = kept(cells);
  return numbers?.key === keyOf(reading) ? numbers.values : null;
}

export function keepNumbers(cells: Cells, reading: NumberReading, values: Float64Array): void {
  kept(cells).numbers = { key: keyOf(reading), values };
}

function keyOf({ missing, decimal }: NumberReading): string {
  return JSON.stringify([decimal, ...missing]);
}

/**
 * The values that are there, ascending; 0 for −0, which is the same number.
 * @param values the column's numbers, NaN for missing
 */
export function sortedPresent(cells: Cells, values: Float64Array): Float64Array {
  const place = kept(cells);
  if (place.sorted?.of === values) return place.sorted.values;
  const sorted = presentSorted(values);
  place.sorted = { of: values, values: sorted };
  return sorted;
}

/** As `sortedPresent`; may be `values` themselves, where they are in order. */
export function presentSorted(values: Float64Array): Float64Array {
  let count = 0;
  let low = Infinity;
  let high = -Infinity;
  let last = -Infinity;
  let isAscending = true;
  let isPlain = true;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) continue;
    count += 1;
    if (value < last) isAscending = false;
    last = value;
    if (value < low) low = value;
    if (value > high) high = value;
    if (Object.is(value, -0)) isPlain = false;
  }
  if (isAscending && isPlain && count === values.length) return values;
  if (isAscending) return present(values, count);
  return sortDecimals(values, { count, low, high }) ?? sortNumbers(present(values, count));
}

function present(values: Float64Array, count: number): Float64Array {
  const found = new Float64Array(count);
  let next = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) continue;
    found[next] = value + 0;
    next += 1;
  }
  return found;
}

/** The distinct texts of a column. */
export function distinctOf(cells: Cells): Dictionary {
  const place = kept(cells);
  place.dictionary ??= dictionaryOf(cells);
  return place.dictionary;
}

/** The dates of a column where all are in one plain form, else null; not to be changed. */
export function plainDatesOf(cells: Cells, missing: readonly string[]): PlainDates | null {
  const place = kept(cells);
  const key = JSON.stringify(missing);
  if (place.dates?.key !== key) place.dates = { key, dates: readPlainDates(cells, missing) };
  return place.dates.dates;
}
