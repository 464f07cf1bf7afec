import { sampleRows } from '#core/data/profile/sample-rows.ts';
import { RandomStream } from '#core/random.ts';
import type { AuditColumn } from '../audit-column.ts';
import type { AuditTarget } from '../audit-target.ts';
import { determinedBy } from './determination.ts';

/** |r| or |ρ| from here on leaves less than 0.2% of the variance unexplained: copying with rounding, not nature. */
const CERTAIN = 0.999;
/** Chatterjee's ξ, which noise pulls down faster: this corresponds to 0.2% unexplained as well. */
const CERTAIN_XI = 0.95;
const MIN_ROWS = 30;
/** A bin of the target holds so many rows on average, or every value would be a bin. */
const ROWS_PER_BIN = 3;
const SAMPLE_ROWS = 20_000;

/** How a column follows from the target: completes "x is a … function of y". */
export interface FunctionOfTarget {
  readonly how: string;
  readonly rows: number;
}

/** @returns null where the column is no function of the target, as far as one can see */
export function functionOf(column: AuditColumn, target: AuditTarget): FunctionOfTarget | null {
  if (target.task === 'classification') {
    const found = determinedBy(column, target);
    return found === null ? null : { how: 'each class has one value of it', rows: found.rows };
  }
  return column.kind === 'texts' ? binsOf(column, target) : numbersOf(column, target);
}

/** Categories that are ranges of the target, one after the other. */
function binsOf(column: AuditColumn, target: AuditTarget): FunctionOfTarget | null {
  const { codes } = column.values;
  const order = rowsByTarget(column, target, (row) => codes[row] !== -1);
  const distinct = new Set(order.map((row) => codes[row] ?? -1)).size;
  if (order.length < MIN_ROWS || distinct < 2 || order.length < ROWS_PER_BIN * distinct)
    return null;
  let changes = 0;
  for (let i = 1; i < order.length; i += 1) {
    if (codes[order[i] ?? 0] !== codes[order[i - 1] ?? 0]) changes += 1;
  }
  return changes === distinct - 1
    ? { how: 'its categories are ranges of the target', rows: order.length }
    : null;
}

function numbersOf(column: AuditColumn, target: AuditTarget): FunctionOfTarget | null {
  const order = rowsByTarget(column, target, (row) => !Number.isNaN(column.numbers[row]));
  if (order.length < MIN_ROWS) return null;
  const x = Float64Array.from(order, (row) => column.numbers[row] ?? NaN);
  const y = Float64Array.from(order, (row) => target.values[row] ?? NaN);
  const linear = correlation(x, y);
  const rows = order.length;
  if (Math.abs(linear) >= CERTAIN)
    return { how: `their correlation is ${linear.toFixed(4)}`, rows };
  const ranks = ranksOf(x);
  const ranked = correlation(ranks, ranksOf(y));
  if (Math.abs(ranked) >= CERTAIN)
    return { how: `their rank correlation is ${ranked.toFixed(4)}`, rows };
  const xi = chatterjee(ranks, y);
  return xi >= CERTAIN_XI
    ? { how: `it follows the target along a curve (Chatterjee's ξ ${xi.toFixed(3)})`, rows }
    : null;
}

/** Rows where both have a value, at most a seeded sample of 20,000, by the target. */
function rowsByTarget(
  column: AuditColumn,
  target: AuditTarget,
  holds: (row: number) => boolean,
): Int32Array {
  const all = target.rows.filter(holds);
  const random = new RandomStream(1).fork(`audit: function of the target: ${column.name}`);
  const { values } = target;
  return sampleRows(all.length, SAMPLE_ROWS, random)
    .map((i) => all[i] ?? 0)
    .sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
}

/** Pearson's r; 0 where one is constant. */
export function correlation(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < n; i += 1) {
    meanX += (x[i] ?? 0) / n;
    meanY += (y[i] ?? 0) / n;
  }
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    const dx = (x[i] ?? 0) - meanX;
    const dy = (y[i] ?? 0) - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const r = xy / Math.sqrt(xx) / Math.sqrt(yy);
  return Number.isFinite(r) ? r : 0;
}

/** Ranks from 1, ties sharing their mean. */
export function ranksOf(values: Float64Array): Float64Array {
  const order = Int32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to += 1;
    for (let i = from; i < to; i += 1) ranks[order[i] ?? 0] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}

/**
 * Chatterjee's rank correlation ξ (2021, "A new coefficient of correlation"): near 1 where the ranks are a function of
 * what they are ordered by, 0 where they have nothing to do with it. With ties among the ranks by their mean, and 0 where the
 * order itself is mostly ties, which would leave it to chance.
 * @param ranks in the order of `by`
 */
export function chatterjee(ranks: Float64Array, by: Float64Array): number {
  const n = ranks.length;
  let steps = 0;
  let ties = 0;
  for (let i = 1; i < n; i += 1) {
    steps += Math.abs((ranks[i] ?? 0) - (ranks[i - 1] ?? 0));
    if (by[i] === by[i - 1]) ties += 1;
  }
  let spread = 0;
  for (const rank of ranks) spread += (n + 1 - rank) * (rank - 1);
  if (ties > n / 2 || spread === 0) return 0;
  const isConstant = ranks.every((rank) => rank === ranks[0]);
  return isConstant ? 0 : 1 - (n * steps) / (2 * spread) + 3 / (n + 1);
}
