import { codesOf } from './profile/codes.ts';
import type { Dataset } from './table.ts';
import { typedColumn } from './typed-columns.ts';

/** A column as it is compared: numbers with NaN for missing, or codes of texts with −1. */
export type Comparable = Float64Array | Int32Array;

/** Rows between two chances to stop. */
const BLOCK = 1 << 16;

/**
 * For each row the first row that has the same values in all columns, itself where it is the first. Missing equals
 * missing. Rows are found by a 32-bit hash and then compared, so that none are taken for the same by chance. It yields
 * after every column and block, so that a caller can breathe.
 */
export function* firstOfSame(
  columns: readonly Comparable[],
  rows: number,
): Generator<undefined, Int32Array> {
  const hashes = new Int32Array(rows);
  for (const values of columns) {
    yield;
    addHashes(hashes, values);
  }
  let slots = 16;
  while (slots < 2 * rows) slots *= 2;
  const table = new Int32Array(slots);
  const first = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    if (row % BLOCK === 0) yield;
    const hash = hashes[row] ?? 0;
    for (let slot = hash & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
      const other = (table[slot] ?? 0) - 1;
      if (other >= 0 && (hashes[other] !== hash || !isSame(columns, other, row))) continue;
      if (other < 0) table[slot] = row + 1;
      first[row] = other < 0 ? row : other;
      break;
    }
  }
  return first;
}

/**
 * As `firstOfSame`, of a data set's columns of these names, as the schema reads them; images by what their files hold.
 * Without names it compares all.
 */
export function firstOfSameRows({ info, table }: Dataset, names?: ReadonlySet<string>): Int32Array {
  const images = info.reading.images?.column;
  const compared = info.columns.filter(({ name }) => names?.has(name) ?? true);
  const columns = compared.map((schema): Comparable => {
    if (schema.name === images && table.fileHashes !== undefined) {
      return codesOf(table.fileHashes.slice(0, table.rowCount)).codes;
    }
    const typed = typedColumn(table, schema);
    return typed.kind === 'numeric' ? typed.values : codesOf(typed.values).codes;
  });
  const search = firstOfSame(columns, table.rowCount);
  let step = search.next();
  while (step.done !== true) step = search.next();
  return step.value;
}

/** Rows that are the same, in groups of two at least. @param first as `firstOfSame` gives it */
export function groupsOfSame(first: Int32Array, rows: Iterable<number>): readonly number[][] {
  const groups = new Map<number, number[]>();
  for (const row of rows) {
    const origin = first[row] ?? row;
    const members = groups.get(origin);
    if (members === undefined) groups.set(origin, [row]);
    else members.push(row);
  }
  return [...groups.values()].filter((members) => members.length > 1);
}

/** Mixes one more column into the hashes, as MurmurHash3's finalizer does. */
function addHashes(hashes: Int32Array, values: Comparable): void {
  const number = new Float64Array(1);
  const words = new Int32Array(number.buffer);
  const isCode = values instanceof Int32Array;
  for (let row = 0; row < hashes.length; row += 1) {
    const value = values[row] ?? 0;
    let word = value;
    if (!isCode) {
      number[0] = value + 0; // −0 is 0
      word = Number.isNaN(value) ? -1 : (words[0] ?? 0) ^ Math.imul(words[1] ?? 0, 0x9e3779b1);
    }
    let hash = Math.imul((hashes[row] ?? 0) ^ word, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hashes[row] = hash ^ (hash >>> 16);
  }
}

function isSame(columns: readonly Comparable[], a: number, b: number): boolean {
  return columns.every((values) => {
    const x = values[a] ?? NaN;
    const y = values[b] ?? NaN;
    return x === y || (Number.isNaN(x) && Number.isNaN(y));
  });
}
