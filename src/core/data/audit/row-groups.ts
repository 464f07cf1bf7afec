import { sortNumbers } from '#core/data/profile/sort-numbers.ts';
import { firstOfSame as search, type Comparable } from '#core/data/same-rows.ts';
import type { Breather } from '#core/breather.ts';
import type { AuditColumn } from './audit-column.ts';

/** A column is measured finely, and rows that are the same in it stand out, with so many distinct values for its different rows … */
const FINE_SHARE = 0.9;
/** … and for all rows. */
const FINE_SHARE_OF_ALL = 0.5;

/** For each row the first row that has the same values in all of the columns, itself where it is the first. */
export async function firstOfSame(
  columns: readonly AuditColumn[],
  rows: number,
  breather: Breather,
): Promise<Int32Array> {
  const steps = search(columns.map(comparable), rows);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await breather.breathe();
  }
}

/**
 * How many pairs of rows are expected to agree in all columns if these had nothing to do with each other:
 * the number of pairs times each column's chance of agreement. Real columns go together, so that some ten times as many are still chance.
 * @param first what `firstOfSame` gave for them
 */
export function pairsByChance(columns: readonly AuditColumn[], first: Int32Array): number {
  const rows = first.length;
  const fine = Math.max(FINE_SHARE * countOfOwn(first), FINE_SHARE_OF_ALL * rows);
  let pairs = (rows * (rows - 1)) / 2;
  for (const column of columns) pairs *= agreement(column, first, fine);
  return pairs;
}

/**
 * The chance that two rows hold the same value, missing counted as one: Σ c(c − 1) ÷ n(n − 1). Where hardly
 * any value comes twice, rows that repeat another one are what is asked about, and only the others tell the chance.
 */
function agreement(column: AuditColumn, first: Int32Array, fine: number): number {
  const rows = first.length;
  const isText = column.kind === 'texts' || column.kind === 'empty';
  const counts = isText ? column.values.counts : runLengths(column.sorted);
  const missing = rows - column.present;
  if (counts.length + (missing > 0 ? 1 : 0) < fine) return sameShare(counts, missing);
  const own = isText ? ownTexts(column, first) : ownNumbers(column, first);
  return sameShare(own, countOfOwn(first) - own.reduce((sum, count) => sum + count, 0));
}

function sameShare(counts: Int32Array, missing: number): number {
  let rows = missing;
  let same = missing * (missing - 1);
  for (const count of counts) {
    rows += count;
    same += count * (count - 1);
  }
  return rows < 2 ? 0 : same / (rows * (rows - 1));
}

/** How often each value stands in rows that repeat no earlier one. */
function ownTexts({ values }: AuditColumn, first: Int32Array): Int32Array {
  const counts = new Int32Array(values.texts.length);
  for (const [row, origin] of first.entries()) {
    const code = values.codes[row] ?? -1;
    if (origin === row && code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

function ownNumbers({ numbers }: AuditColumn, first: Int32Array): Int32Array {
  const own = numbers.filter((value, row) => first[row] === row && !Number.isNaN(value));
  return runLengths(sortNumbers(own.map((value) => value + 0)));
}

function countOfOwn(first: Int32Array): number {
  return first.reduce((sum, origin, row) => sum + (origin === row ? 1 : 0), 0);
}

/** How often each of ascending numbers stands there. */
function runLengths(sorted: Float64Array): Int32Array {
  const lengths = new Int32Array(sorted.length);
  let runs = 0;
  let from = 0;
  for (let i = 1; i <= sorted.length; i += 1) {
    if (i < sorted.length && sorted[i] === sorted[from]) continue;
    lengths[runs] = i - from;
    runs += 1;
    from = i;
  }
  return lengths.subarray(0, runs);
}

function comparable(column: AuditColumn): Comparable {
  return column.kind === 'texts' || column.kind === 'empty' ? column.values.codes : column.numbers;
}
