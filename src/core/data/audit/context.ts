import type { Dataset, DatasetInfo, Table } from '#core/data/table.ts';
import type { Breather } from '#core/pause.ts';
import type { Spec, Task } from '#core/spec/spec.ts';
import { AuditColumn } from './audit-column.ts';
import type { AuditSplit } from './audit-split.ts';
import { readTarget, type AuditTarget } from './audit-target.ts';

/** What detectors look at: every column read once, the target, and the parts of the split. */
export interface AuditContext {
  readonly info: DatasetInfo;
  readonly table: Table;
  readonly rows: number;
  readonly columns: readonly AuditColumn[];
  /** Null where the audit has no target. */
  readonly target: AuditTarget | null;
  /** What the spec says, or what would be proposed; null without a target. */
  readonly spec: Spec | null;
  /** Null where there is no spec, or no split can be made. */
  readonly split: AuditSplit | null;
  /** Milliseconds since 1970 at the end of the day of the audit. */
  readonly endOfToday: number;
  readonly breather: Breather;
}

const MS_PER_DAY = 86_400_000;

export function auditContext(
  { info, table }: Dataset,
  parts: {
    readonly spec: Spec | null;
    readonly target: string | null;
    readonly task: Task | null;
    readonly split: AuditSplit | null;
    readonly today: string;
    readonly breather: Breather;
  },
): AuditContext {
  const { spec, target, task, split, today, breather } = parts;
  const columns = info.columns.map(
    (schema) =>
      new AuditColumn(table, schema, spec?.columns[schema.name] ?? {}, schema.name === target),
  );
  const targetColumn = columns.find(({ isTarget }) => isTarget);
  return {
    info,
    table,
    rows: table.rowCount,
    columns,
    target: targetColumn === undefined || task === null ? null : readTarget(targetColumn, task),
    spec,
    split,
    endOfToday: Date.parse(today) + MS_PER_DAY - 1,
    breather,
  };
}
