import type { Breather } from '#core/pause.ts';
import type { AuditColumn } from './audit-column.ts';

const BLOCK = 1 << 16;
/** A column is measured too finely to agree by chance with so many distinct values for its different rows … */
const FINE_SHARE = 0.9;
/** … and for all rows. */
const FINE_SHARE_OF_ALL = 0.5;

/** What is compared of a column: numbers bit by bit, other values by their code. NaN and −1 are missing. */
type Comparable = Float64Array | Int32Array;

/**
 * For each row the first row that has the same values in all of the columns, itself where it is the first.
 * Missing equals missing. Rows are found by a 32-bit hash and then compared, so that none are taken for the same
 * by chance.
 */
export async function firstOfSame(
  columns: readonly AuditColumn[],
  rows: number,
  breather: Breather,
): Promise<Int32Array> {
  const compared = columns.map(comparable);
  const hashes = new Int32Array(rows);
  for (const values of compared) {
    await breather.breathe();
    addHashes(hashes, values);
  }
  let slots = 16;
  while (slots < 2 * rows) slots *= 2;
  const table = new Int32Array(slots);
  const first = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    if (row % BLOCK === 0) await breather.breathe();
    const hash = hashes[row] ?? 0;
    for (let slot = hash & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
      const other = (table[slot] ?? 0) - 1;
      if (other >= 0 && (hashes[other] !== hash || !isSame(compared, other, row))) continue;
      if (other < 0) table[slot] = row + 1;
      first[row] = other < 0 ? row : other;
      break;
    }
  }
  return first;
}

/**
 * How many pairs of rows are expected to agree in all columns if these had nothing to do with each other:
 * the number of pairs times each column's chance of agreement. Real columns go together, so that some ten times as many are still chance.
 * @param first what `firstOfSame` gave for them
 */
export function pairsByChance(columns: readonly AuditColumn[], first: Int32Array): number {
  const rows = first.length;
  const different = first.reduce((sum, origin, row) => sum + (origin === row ? 1 : 0), 0);
  const fine = Math.max(FINE_SHARE * different, FINE_SHARE_OF_ALL * rows);
  let pairs = (rows * (rows - 1)) / 2;
  for (const column of columns) pairs *= agreement(column, rows, fine);
  return pairs;
}

/**
 * The chance that two different rows hold the same value, missing counted as one: Σ c(c − 1) ÷ n(n − 1). Where hardly
 * any value comes twice, those that do are what is asked about, and the chance is taken for 0.
 */
function agreement(column: AuditColumn, rows: number, fine: number): number {
  const missing = rows - column.present;
  let distinct = 0;
  let sum = missing * (missing - 1);
  const add = (count: number): void => {
    distinct += 1;
    sum += count * (count - 1);
  };
  if (column.kind === 'texts' || column.kind === 'empty') column.values.counts.forEach(add);
  else runLengths(column.sorted, add);
  return distinct >= fine ? 0 : sum / (rows * (rows - 1));
}

function runLengths(sorted: Float64Array, hear: (length: number) => void): void {
  let from = 0;
  for (let i = 1; i <= sorted.length; i += 1) {
    if (i < sorted.length && sorted[i] === sorted[from]) continue;
    hear(i - from);
    from = i;
  }
}

function comparable(column: AuditColumn): Comparable {
  return column.kind === 'texts' || column.kind === 'empty' ? column.values.codes : column.numbers;
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
