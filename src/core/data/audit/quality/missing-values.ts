import type { AuditColumn } from '../audit-column.ts';
import type { Detector } from '../detector.ts';
import type { Spec } from '#core/spec/spec.ts';
import type { Finding, Remedy, Severity } from '../finding.ts';
import { stepRemedy } from '../step-remedy.ts';
import { counted, firstRows, leaveOut, percent, shortened } from '../wording.ts';

/**
 * From a tenth of missing values on, estimates are likely biased however they are filled in (Bennett, 2001, "How
 * can I deal with missing data in my study?"); below that, filling in does little harm.
 */
const NOTABLE_SHARE = 0.1;
/** A column with a value in fewer than one row of twenty says little beyond whether it has one. */
const HARDLY_ANY_SHARE = 0.95;

export const missingValues: Detector = {
  codes: ['missing_values'],
  detect: ({ columns, rows, spec }) =>
    columns.flatMap((column) => (column.isDropped ? [] : findingFor(column, rows, spec))),
};

function findingFor(column: AuditColumn, rows: number, spec: Spec | null): Finding[] {
  const missing = rows - column.present;
  if (missing === 0) return [];
  const share = missing / rows;
  const severity: Severity = share < NOTABLE_SHARE ? 'note' : 'warning';
  const name = `"${column.name}"`;
  const extent =
    missing === rows
      ? `Column ${name} has no value in any of ${counted(rows, 'row')}.`
      : `Column ${name} has no value in ${counted(missing, 'row')} (${percent(missing, rows)}).`;
  return [
    {
      code: 'missing_values',
      severity,
      columns: [column.name],
      message: extent,
      why: column.isTarget
        ? 'Rows without a target are left out, and if they differ from the others the model never learns of their kind.'
        : 'What is filled in for them is a guess, and rows that lack a value often differ from those that have one.',
      count: missing,
      rows: firstRows(rows, (row) => column.isMissing(row)),
      remedies: column.isTarget ? [] : settling(column, share, spec),
    },
  ];
}

function settling(column: AuditColumn, share: number, spec: Spec | null): Remedy[] {
  const filled = share < HARDLY_ANY_SHARE ? filledIn(column, spec) : [];
  return filled.length > 0 ? filled : leaveOut(column.name);
}

/** Filled in so that the model is told, or, where a missing category is one of its own, so that it is none. */
export function filledIn(column: AuditColumn, spec: Spec | null): Remedy[] {
  const name = `"${shortened(column.name)}"`;
  return column.kind === 'numbers'
    ? stepRemedy(`Fill ${name} in, and say where it was missing`, column, spec, 'impute', {
        add_indicator: true,
      })
    : stepRemedy(`Fill ${name} in with its most frequent value`, column, spec, 'impute', {
        strategy: 'most_frequent',
      });
}
