import type { AuditColumn } from '../audit-column.ts';
import type { AuditContext } from '../context.ts';
import type { AuditTarget } from '../audit-target.ts';
import type { Detector } from '../detector.ts';
import type { Finding, Remedy, Severity } from '../finding.ts';
import { outOfOrder } from '../longest-run.ts';
import { isTimeColumn } from '../time-columns.ts';
import { counted, percent, shownRows } from '../wording.ts';
import { chatterjee, correlation, ranksOf } from './function-of.ts';

const MIN_ROWS = 20;
/** |z| of no dependence is beyond this once in 15,000 tables (normal limit). */
const SIGNIFICANT = 4;
/** A dependence that weak does not help to guess a neighbour. */
const WEAK = 0.15;
const STRONG = 0.4;
/** Rows are a series where at most this share breaks the order of time … */
const UNSORTED_SHARE = 0.05;
/** … and most times come once. */
const SINGLE_SHARE = 0.9;
/** Of a split in time a few rows may overlap; of this share of the test rows it is none. */
const OVERLAP = 0.05;
/** The time before which this share of the test rows lies, and of the training rows no more than the rest. */
const BACKWARDS = 0.98;

/** Training rows that are later than test rows, where what comes next depends on what came before. */
export const trainsOnFuture: Detector = {
  codes: ['trains_on_future'],
  async detect(context) {
    const { columns, split, target, breather } = context;
    if (split === null || target === null) return [];
    for (const column of columns) {
      await breather.breathe();
      if (column.isTarget || !isTimeColumn(column) || column.values.texts.length < 3) continue;
      const found = findingFor(column, target, context);
      // One column of times tells; a second one would say the same.
      if (found.length > 0) return found;
    }
    return [];
  },
};

function findingFor(
  column: AuditColumn,
  target: AuditTarget,
  { split, spec, rows }: AuditContext,
): Finding[] {
  if (split === null) return [];
  const { train, test } = split.parts;
  const time = (row: number): number => column.numbers[row] ?? NaN;
  const earliestTest = test.reduce(
    (least, row) => Math.min(least, Number.isNaN(time(row)) ? Infinity : time(row)),
    Infinity,
  );
  const later = train.filter((row) => time(row) > earliestTest);
  const latestTrain = train.reduce(
    (most, row) => Math.max(most, Number.isNaN(time(row)) ? -Infinity : time(row)),
    -Infinity,
  );
  const before = test.filter((row) => time(row) < latestTrain);
  if (before.length < OVERLAP * test.length || later.length === 0) return [];
  const order = target.rows
    .filter((row) => !Number.isNaN(time(row)))
    .sort((a, b) => time(a) - time(b) || a - b);
  if (order.length < MIN_ROWS) return [];
  const dependence = dependenceIn(order, target);
  const isSeries = isSeriesOf(column, rows);
  const isBackwards = timeAt(BACKWARDS, test, time) <= timeAt(1 - BACKWARDS, train, time);
  if (!isSeries && !isBackwards && dependence < WEAK) return [];
  const severity: Severity =
    dependence >= STRONG
      ? 'severe'
      : dependence >= WEAK
        ? isSeries
          ? 'severe'
          : 'warning'
        : isBackwards
          ? 'warning'
          : 'note';
  const reason =
    dependence >= WEAK
      ? `rows that follow each other are alike in "${target.column.name}" (dependence ${dependence.toFixed(2)})`
      : isSeries
        ? 'the rows are a series in time'
        : 'the parts of the split are parted by time, the wrong way round';
  return [
    {
      code: 'trains_on_future',
      severity,
      columns: [column.name],
      message: `${counted(later.length, 'training row')} (${percent(later.length, train.length)}) ${later.length === 1 ? 'is' : 'are'} later in "${column.name}" than the earliest test row, and ${reason}.`,
      why: 'A model that has seen the days before and after a test row need not predict it; in use only the past is known.',
      count: later.length,
      rows: shownRows(later),
      remedies: spec?.split.key === undefined ? [splitByTime(column.name)] : [],
    },
  ];
}

/** The time before which a share of the rows lies; NaN where there is none. */
function timeAt(share: number, rows: Int32Array, time: (row: number) => number): number {
  const times = Float64Array.from(rows, time)
    .filter((one) => !Number.isNaN(one))
    .sort();
  return times[Math.floor(share * (times.length - 1))] ?? NaN;
}

/** Of successive rows in time: how alike the target is, from 0; 0 where that could be chance. */
function dependenceIn(order: Int32Array, target: AuditTarget): number {
  return target.task === 'regression'
    ? serialCorrelation(Float64Array.from(order, (row) => target.values[row] ?? NaN))
    : sameClassExcess(order, target);
}

/** Lag-1 rank autocorrelation, or Chatterjee's ξ of the target on time where that is larger (a trend). */
function serialCorrelation(values: Float64Array): number {
  const ranks = ranksOf(values);
  const lagged = correlation(ranks.subarray(0, -1), ranks.subarray(1));
  const trend = chatterjee(ranks, Float64Array.from(ranks.keys()));
  const largest = Math.max(lagged, trend);
  return lagged * Math.sqrt(values.length) >= SIGNIFICANT ? largest : 0;
}

/** How much more often neighbours are of one class than chance has it, as a share of what is possible (κ). */
function sameClassExcess(order: Int32Array, { codes, counts }: AuditTarget): number {
  const n = order.length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const byChance = counts.reduce((sum, count) => sum + (count / total) * (count / total), 0);
  let same = 0;
  for (let i = 1; i < n; i += 1) if (codes[order[i] ?? 0] === codes[order[i - 1] ?? 0]) same += 1;
  const share = same / (n - 1);
  const deviation = Math.sqrt((byChance * (1 - byChance)) / (n - 1));
  if (!((share - byChance) / deviation >= SIGNIFICANT)) return 0;
  return (share - byChance) / (1 - byChance);
}

/** Whether the rows stand in the order of time, each with a time of its own. */
function isSeriesOf(column: AuditColumn, rows: number): boolean {
  const { numbers, values, present } = column;
  if (present < 0.95 * rows || values.texts.length < SINGLE_SHARE * present) return false;
  const there = numbers.filter((value) => !Number.isNaN(value));
  return outOfOrder(there).length <= UNSORTED_SHARE * there.length;
}

function splitByTime(name: string): Remedy {
  return {
    label: `Split by time, by "${name}"`,
    changes: [
      { path: 'split.method', value: 'time' },
      { path: 'split.by', value: name },
    ],
  };
}
