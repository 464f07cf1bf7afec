import type { AuditColumn } from '../audit-column.ts';
import type { Detector } from '../detector.ts';
import type { Finding } from '../finding.ts';
import { counted, firstRows, grouped, leaveOut, percent, shortened } from '../wording.ts';

/** One value in this share of the rows: a sample of 100 rows is expected to show no more than one other. */
const NEAR_CONSTANT_SHARE = 0.99;
/** caret's nearZeroVar (Kuhn, 2008): the most frequent value over 95/5 times as frequent as the next … */
const FREQUENCY_RATIO = 95 / 5;
/** … and fewer distinct values than a tenth of the rows. */
const DISTINCT_SHARE = 0.1;

export const constantColumns: Detector = {
  codes: ['constant_column', 'near_constant_column'],
  detect: ({ info, columns, rows }) => {
    // Images of one size are as they should be.
    const sizes: readonly string[] = info.reading.images?.sizes ?? [];
    return columns.flatMap((column) =>
      column.isDropped || column.isTarget || column.kind === 'empty' || sizes.includes(column.name)
        ? []
        : findingFor(column, rows),
    );
  },
};

function findingFor(column: AuditColumn, rows: number): Finding[] {
  const { codes, texts, counts } = column.values;
  const { present } = column;
  if (rows < 2 || texts.length === 0) return [];
  const [first, second] = twoLargest(counts);
  const value = `"${shortened(texts[first] ?? '')}"`;
  if (texts.length === 1) {
    const gaps = rows - present;
    return [
      {
        code: 'constant_column',
        severity: 'warning',
        columns: [column.name],
        message: `Column "${column.name}" holds ${value} in ${gaps === 0 ? `all ${grouped(rows)} rows` : `each of the ${counted(present, 'row')} that have a value`}.`,
        why: 'A column that never varies tells nothing of the target.',
        count: present,
        rows: firstRows(rows, (row) => codes[row] === first),
        remedies: leaveOut(column.name),
      },
    ];
  }
  const most = counts[first] ?? 0;
  const next = counts[second] ?? 0;
  const isSteady = most >= FREQUENCY_RATIO * next && texts.length < DISTINCT_SHARE * present;
  if (!isSteady) return [];
  const others = present - most;
  return [
    {
      code: 'near_constant_column',
      severity: most >= NEAR_CONSTANT_SHARE * present ? 'warning' : 'note',
      columns: [column.name],
      message: `Column "${column.name}" holds ${value} in ${percent(most, present)} of its values; ${counted(others, 'row')} ${others === 1 ? 'differs' : 'differ'}.`,
      why: 'So few rows differ that what a model learns from them is mostly chance, and a part of the split may hold none.',
      count: others,
      rows: firstRows(rows, (row) => codes[row] !== first && codes[row] !== -1),
      remedies: leaveOut(column.name),
    },
  ];
}

function twoLargest(counts: Int32Array): [number, number] {
  let first = -1;
  let second = -1;
  for (let code = 0; code < counts.length; code += 1) {
    const count = counts[code] ?? 0;
    if (first < 0 || count > (counts[first] ?? 0)) [first, second] = [code, first];
    else if (second < 0 || count > (counts[second] ?? 0)) second = code;
  }
  return [first, second];
}
