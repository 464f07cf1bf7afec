import type { AuditColumn } from '../audit-column.ts';
import type { AuditContext } from '../context.ts';
import type { Detector } from '../detector.ts';
import type { Finding } from '../finding.ts';
import { mainWords } from '../../header-words.ts';
import { outOfOrder } from '../longest-run.ts';
import { isYearColumn } from '../time-columns.ts';
import { rowsAsMissing } from '../as-missing.ts';
import { counted, leaveOut, percent, shownRows } from '../wording.ts';

/** Shorter columns are nearly sorted by chance: of 20 shuffled values about 9 stay in order. */
const MIN_ROWS = 20;
/** Up to this share out of order a column was meant to be sorted. */
const STRAY_SHARE = 0.2;
/** Pieces of a sorted column, where they are long. */
const MAX_BREAKS = 3;
const ROWS_PER_PIECE = 15;
/** One column comes first in all but these shares of the rows: by its name, by far, or by and large. */
const NAMED_SHARE = 0.2;
const CERTAIN_SHARE = 0.03;
const LIKELY_SHARE = 0.1;
/** More dates than this are not compared two by two. */
const MAX_COLUMNS = 20;

const startWords = new Set(['start', 'begin', 'from', 'open', 'opened', 'admission', 'admitted', 'order', 'ordered', 'created', 'birth', 'dob', 'hire', 'hired', 'entry', 'checkin', 'departure', 'issued', 'signup', 'beginn', 'von', 'debut', 'inicio', 'inizio', 'first', 'in', 'pickup', 'sent', 'purchase', 'request', 'requested']); // prettier-ignore
const endWords = new Set(['end', 'finish', 'finished', 'to', 'until', 'close', 'closed', 'discharge', 'discharged', 'ship', 'shipped', 'delivered', 'delivery', 'updated', 'death', 'exit', 'checkout', 'arrival', 'expiry', 'expires', 'ende', 'bis', 'fin', 'fine', 'last', 'out', 'dropoff', 'received', 'completed', 'resolved', 'terminated', 'termination', 'return', 'returned', 'leave']); // prettier-ignore

export const datesOutOfOrder: Detector = {
  codes: ['dates_out_of_order'],
  async detect(context) {
    const dates = context.columns.filter(
      (column) => !column.isDropped && (column.kind === 'times' || isYearColumn(column)),
    );
    const findings: Finding[] = [];
    for (const column of dates) {
      await context.breather.breathe();
      if (column.kind === 'times') findings.push(...unsorted(column));
    }
    const compared = dates.slice(0, MAX_COLUMNS);
    for (const [i, a] of compared.entries()) {
      for (const b of compared.slice(i + 1)) {
        await context.breather.breathe();
        if (a.kind === b.kind) findings.push(...reversed(a, b, context));
      }
    }
    return findings;
  },
};

/** A column that is sorted but for a few rows. */
function unsorted(column: AuditColumn): Finding[] {
  const { name, numbers } = column;
  const rows = Int32Array.from(numbers.keys()).filter((row) => !Number.isNaN(numbers[row]));
  if (rows.length < MIN_ROWS) return [];
  const values = Float64Array.from(rows, (row) => numbers[row] ?? 0);
  const rising = outOfOrder(values);
  const falling = outOfOrder(values.map((value) => -value));
  const strays = rising.length <= falling.length ? rising : falling;
  if (strays.length === 0) return [];
  if (strays.length > STRAY_SHARE * rows.length) return joined(name, rows, values);
  const isStray = new Set(strays.map((i) => rows[i] ?? 0));
  return [
    {
      code: 'dates_out_of_order',
      severity: 'warning',
      columns: [name],
      message: `Column "${name}" is sorted but for ${counted(strays.length, 'row')} (${percent(strays.length, rows.length)}).`,
      why: 'Dates that break the order of a log are often typed wrong, or rows were put together from several files.',
      count: strays.length,
      rows: shownRows([...isStray]),
      remedies: column.isInput
        ? rowsAsMissing(column, (row) => isStray.has(row), numbers.length, 'the dates out of order')
        : [],
    },
  ];
}

/** A column that is sorted in a few pieces, one behind the other. */
function joined(name: string, rows: Int32Array, values: Float64Array): Finding[] {
  const breaks: number[] = [];
  for (let i = 1; i < values.length && breaks.length <= MAX_BREAKS; i += 1) {
    if ((values[i] ?? 0) < (values[i - 1] ?? 0)) breaks.push(rows[i] ?? 0);
  }
  if (breaks.length > MAX_BREAKS || rows.length < ROWS_PER_PIECE * (breaks.length + 1)) return [];
  return [
    {
      code: 'dates_out_of_order',
      severity: 'note',
      columns: [name],
      message: `Column "${name}" is sorted in ${breaks.length + 1} pieces, each of which begins before the last one ends.`,
      why: 'Rows of several files or things stand one behind the other, so the order of rows is not that of time.',
      count: breaks.length,
      rows: shownRows(breaks),
      remedies: [],
    },
  ];
}

/** Rows in which the date that comes first elsewhere comes last. */
function reversed(a: AuditColumn, b: AuditColumn, { rows }: AuditContext): Finding[] {
  let both = 0;
  const aFirst: number[] = [];
  const bFirst: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    const difference = (b.numbers[row] ?? NaN) - (a.numbers[row] ?? NaN);
    if (Number.isNaN(difference)) continue;
    both += 1;
    if (difference > 0) aFirst.push(row);
    else if (difference < 0) bFirst.push(row);
  }
  const [first, last, strays] =
    aFirst.length >= bFirst.length ? ([a, b, bFirst] as const) : ([b, a, aFirst] as const);
  if (both < MIN_ROWS || strays.length === 0) return [];
  const isNamed = hasWord(first, startWords) && hasWord(last, endWords);
  const share = strays.length / both;
  if (share > (isNamed ? NAMED_SHARE : LIKELY_SHARE)) return [];
  return [
    {
      code: 'dates_out_of_order',
      severity: isNamed || share <= CERTAIN_SHARE ? 'warning' : 'note',
      columns: [first.name, last.name],
      message: `"${last.name}" lies before "${first.name}" in ${counted(strays.length, 'row')} (${percent(strays.length, both)}), and after it in the others.`,
      why: 'What ends before it begins was typed wrong, or day and month were exchanged.',
      count: strays.length,
      rows: shownRows(strays),
      remedies: [first, last].flatMap(({ isInput, name }) => (isInput ? leaveOut(name) : [])),
    },
  ];
}

function hasWord({ name }: AuditColumn, words: ReadonlySet<string>): boolean {
  return mainWords(name).some((word) => words.has(word));
}
