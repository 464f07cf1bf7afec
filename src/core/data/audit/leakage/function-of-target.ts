import type { Detector } from '../detector.ts';
import type { Finding } from '../finding.ts';
import { counted, firstRows, leaveOut } from '../wording.ts';
import { functionOf } from './function-of.ts';

/** A column made from the target: a copy in another unit, its logarithm, its rank, its bins. */
export const functionOfTarget: Detector = {
  codes: ['function_of_target'],
  async detect({ columns, target, breather, rows }) {
    if (target === null) return [];
    const findings: Finding[] = [];
    for (const column of columns) {
      await breather.breathe();
      if (column.isTarget || column.isDropped || column.kind === 'empty') continue;
      const found = functionOf(column, target);
      if (found === null) continue;
      findings.push({
        code: 'function_of_target',
        severity: column.isInput ? 'severe' : 'note',
        columns: [column.name],
        message: `"${column.name}" is a function of "${target.column.name}": ${found.how}, over ${counted(found.rows, 'row')}.`,
        why: 'A column that was made from the answer is not there when the answer is to be found.',
        count: found.rows,
        rows: firstRows(Math.min(rows, 5), (row) => !column.isMissing(row)),
        remedies: column.isInput ? leaveOut(column.name) : [],
      });
    }
    return findings;
  },
};
