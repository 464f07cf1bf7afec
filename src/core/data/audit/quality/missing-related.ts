import type { AuditColumn } from '../audit-column.ts';
import type { AuditTarget } from '../audit-target.ts';
import type { Detector } from '../detector.ts';
import type { Finding } from '../finding.ts';
import { counted, firstRows, leaveOut, percent, quoted } from '../wording.ts';
import { filledIn } from './missing-values.ts';
import { classAssociation, rankAssociation, type Association } from './two-samples.ts';

/** With fewer rows on one side no test can tell. */
const MIN_ROWS = 8;
/** Chance of one false alarm in a table: each column's test is held to its share of it (Bonferroni). */
const TABLE_ERROR = 0.01;
/** Cohen's small effect (1988), as φ or as the rank-biserial correlation: less is of no use to a model. */
const SMALL_EFFECT = 0.1;

export const missingRelated: Detector = {
  codes: ['missing_related_to_target'],
  detect({ columns, target, spec }) {
    if (target === null) return [];
    const tested = columns.flatMap((column) => {
      if (column.isTarget || column.isDropped) return [];
      const association = associationOf(column, target);
      return association === null ? [] : [{ column, association }];
    });
    return tested
      .filter(
        ({ association }) =>
          association.effect >= SMALL_EFFECT && association.pValue * tested.length < TABLE_ERROR,
      )
      .map(({ column, association }) => ({
        ...finding(column, target, association),
        remedies: column.isInput ? [...leaveOut(column.name), ...filledIn(column, spec)] : [],
      }));
  },
};

function associationOf(column: AuditColumn, target: AuditTarget): Association | null {
  const isMissing = (row: number): boolean => column.isMissing(row);
  const missing = target.rows.filter(isMissing).length;
  if (missing < MIN_ROWS || target.rows.length - missing < MIN_ROWS) return null;
  return target.task === 'classification'
    ? classAssociation(target.rows, isMissing, target.codes, target.labels.length)
    : rankAssociation(target.rows, isMissing, target.values);
}

function finding(
  column: AuditColumn,
  target: AuditTarget,
  { effect, pValue }: Association,
): Finding {
  const rows = target.rows.filter((row) => column.isMissing(row));
  const chance = pValue < 1e-6 ? 'p < 0.000001' : `p = ${pValue.toPrecision(2)}`;
  const p =
    target.task === 'classification' ? contrast(column, target) : direction(effect, column, target);
  return {
    code: 'missing_related_to_target',
    severity: 'warning',
    columns: [column.name],
    message: `Whether "${column.name}" has a value goes with "${target.column.name}": ${p} (effect ${effect.toFixed(2)}, ${chance}, ${counted(rows.length, 'missing value')}).`,
    why: 'Missing by chance it is not: if the value was left out because of the outcome, the gap gives the answer away, and it will not be there when predicting.',
    count: rows.length,
    rows: firstRows(
      column.cells.length,
      (row) => target.codes[row] !== -1 && column.isMissing(row),
    ),
    remedies: [],
  };
}

/** The classes with the largest and the smallest share of missing values. */
function contrast(column: AuditColumn, { rows, codes, labels, counts }: AuditTarget): string {
  const missing = new Int32Array(labels.length);
  for (const row of rows) {
    if (column.isMissing(row)) missing[codes[row] ?? 0] = (missing[codes[row] ?? 0] ?? 0) + 1;
  }
  const shareOf = (code: number): number => (missing[code] ?? 0) / (counts[code] ?? 1);
  const order = [...labels.keys()].sort((a, b) => shareOf(b) - shareOf(a));
  const said = (code = 0): string =>
    `${percent(missing[code] ?? 0, counts[code] ?? 1)} are missing where it is ${quoted([labels[code] ?? ''])}`;
  return `${said(order[0])}, ${said(order.at(-1))}`;
}

function direction(_: number, column: AuditColumn, { rows, values }: AuditTarget): string {
  const medianOf = (holds: boolean): number => {
    const chosen = Float64Array.from(
      rows.filter((row) => column.isMissing(row) === holds),
      (row) => values[row] ?? NaN,
    ).sort();
    return chosen[chosen.length >> 1] ?? NaN;
  };
  return `its median is ${Number(medianOf(true).toPrecision(4))} where the value is missing, ${Number(medianOf(false).toPrecision(4))} elsewhere`;
}
