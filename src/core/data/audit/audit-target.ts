import type { Task } from '#core/spec/spec.ts';
import type { AuditColumn } from './audit-column.ts';

/** The target as detectors compare it. */
export interface AuditTarget {
  readonly column: AuditColumn;
  readonly task: Task;
  /** The distinct value of each row, −1 for missing; for classes, their index in `labels`. */
  readonly codes: Int32Array;
  readonly labels: readonly string[];
  /** Rows of each label. */
  readonly counts: Int32Array;
  /** The value of each row, NaN for missing (regression). */
  readonly values: Float64Array;
  /** Rows that hold a target, ascending. */
  readonly rows: Int32Array;
}

export function readTarget(column: AuditColumn, task: Task): AuditTarget {
  const { codes, texts, counts } = column.values;
  const rows = Int32Array.from(codes.keys()).filter((row) => codes[row] !== -1);
  return { column, task, codes, labels: texts, counts, values: column.numbers, rows };
}
