import type { AuditColumn } from '../audit-column.ts';
import type { AuditTarget } from '../audit-target.ts';
import type { Detector } from '../detector.ts';
import type { Finding, FindingCode } from '../finding.ts';
import { leaveOut, someRows } from '../wording.ts';

/** How a column holds the answer. */
interface Held {
  /** In how many rows. */
  readonly rows: number;
  readonly message: string;
}

/**
 * A detector of columns that hold the answer, which looks at one after the other.
 * @param find null where a column does not
 */
export function answerDetector(
  code: FindingCode,
  why: string,
  find: (column: AuditColumn, target: AuditTarget) => Held | null,
): Detector {
  return {
    codes: [code],
    async detect({ columns, target, breather, rows }) {
      if (target === null) return [];
      const findings: Finding[] = [];
      for (const column of columns) {
        await breather.breathe();
        if (column.isTarget || column.isDropped || column.kind === 'empty') continue;
        const held = find(column, target);
        if (held === null) continue;
        findings.push({
          code,
          severity: column.isInput ? 'severe' : 'note',
          columns: [column.name],
          message: held.message,
          why,
          count: held.rows,
          rows: someRows(column, rows),
          remedies: column.isInput ? leaveOut(column.name) : [],
        });
      }
      return findings;
    },
  };
}
