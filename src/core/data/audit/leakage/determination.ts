import { ln } from '#core/math.ts';
import type { AuditColumn } from '../audit-column.ts';
import type { AuditTarget } from '../audit-target.ts';

/** Rows whose value comes again, of all rows: fewer, and the column is a name. */
const REPEATED_SHARE = 0.5;
/** By chance all groups would have one target each with less than this probability. */
const CHANCE = ln(1e-6);

export interface Determination {
  readonly values: number;
  readonly rows: number;
}

/**
 * Whether each value of a column goes with one value of the target, with too many rows and groups for an accident:
 * independent of the target, a group of n rows would be pure with probability Σ pₖⁿ.
 * @returns null where it does not
 */
export function determination(column: AuditColumn, target: AuditTarget): Determination | null {
  if (isMostlySingle(column)) return null;
  const goal = (row: number): number => target.codes[row] ?? -1;
  return pure(column.values.codes, column.values.texts.length, target.rows, goal, target.counts);
}

/** Numbers that hardly ever come twice need no counting of each. */
function isMostlySingle({ kind, sorted }: AuditColumn): boolean {
  if (kind !== 'numbers') return false;
  let repeated = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    if (sorted[i] === sorted[i - 1] || sorted[i] === sorted[i + 1]) repeated += 1;
  }
  return repeated < REPEATED_SHARE * sorted.length;
}

/** The reverse: each value of the target goes with one value of the column. */
export function determinedBy(column: AuditColumn, target: AuditTarget): Determination | null {
  const { codes, counts } = column.values;
  const rows = target.rows.filter((row) => codes[row] !== -1);
  return pure(target.codes, target.labels.length, rows, (row) => codes[row] ?? -1, counts);
}

function pure(
  groups: Int32Array,
  size: number,
  rows: Int32Array,
  goal: (row: number) => number,
  goalCounts: Int32Array,
): Determination | null {
  const held = new Int32Array(size).fill(-1);
  const counts = new Int32Array(size);
  let present = 0;
  for (const row of rows) {
    const group = groups[row] ?? -1;
    if (group < 0) continue;
    const value = goal(row);
    if (counts[group] === 0) held[group] = value;
    else if (held[group] !== value) return null;
    counts[group] = (counts[group] ?? 0) + 1;
    present += 1;
  }
  const repeated = counts.reduce((sum, count) => sum + (count > 1 ? count : 0), 0);
  const distinct = new Set(held.filter((_, group) => (counts[group] ?? 0) > 0));
  if (distinct.size < 2 || present === 0 || repeated < REPEATED_SHARE * present) return null;
  if (chanceOfPurity(counts, goalCounts) > CHANCE) return null;
  return { values: counts.filter((count) => count > 0).length, rows: present };
}

/** ln Π over groups of Σ pₖⁿ, bounded from above by the most frequent value: Σ pₖⁿ ≤ pₘₐₓⁿ⁻¹. */
function chanceOfPurity(counts: Int32Array, goalCounts: Int32Array): number {
  const total = goalCounts.reduce((sum, count) => sum + count, 0);
  const most = goalCounts.reduce((largest, count) => Math.max(largest, count), 0) / total;
  const ties = counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
  return ties * ln(most);
}
