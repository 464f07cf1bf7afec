import type { Detector } from '../detector.ts';
import type { Finding } from '../finding.ts';
import { counted, firstRows, leaveOut } from '../wording.ts';
import { determination } from './determination.ts';

/** A column whose every value goes with one value of the target: a re-coded label, or a name for whoever has it. */
export const determinesTarget: Detector = {
  codes: ['determines_target'],
  async detect({ columns, target, breather, rows }) {
    if (target === null) return [];
    const findings: Finding[] = [];
    for (const column of columns) {
      await breather.breathe();
      if (column.isTarget || column.isDropped || column.kind === 'empty') continue;
      const found = determination(column, target);
      if (found === null) continue;
      findings.push({
        code: 'determines_target',
        severity: column.isInput ? 'severe' : 'note',
        columns: [column.name],
        message: `"${column.name}" determines "${target.column.name}": each of its ${counted(found.values, 'value')} goes with one value of the target, in ${counted(found.rows, 'row')} without exception.`,
        why: 'A column that holds the answer makes every test look perfect, and is not there when the answer is to be found.',
        count: found.rows,
        rows: firstRows(Math.min(rows, 5), (row) => !column.isMissing(row)),
        remedies: column.isInput ? leaveOut(column.name) : [],
      });
    }
    return findings;
  },
};
