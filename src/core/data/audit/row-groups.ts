import { firstOfSame as search, type Comparable } from '#core/data/same-rows.ts';
import type { Breather } from '#core/pause.ts';
import type { AuditColumn } from './audit-column.ts';

/** A column is measured too finely to agree by chance with so many distinct values for its different rows … */
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
