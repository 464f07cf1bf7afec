import type { Dataset, DatasetInfo, Table } from '#core/data/table.ts';
import type { Breather } from '#core/breather.ts';
import { dealsOnly } from '#core/spec/split-columns.ts';
import type { Spec, Task } from '#core/spec/spec.ts';
import { AuditColumn } from './audit-column.ts';
import type { AuditSplit } from './audit-split.ts';
import { endOfDay } from './end-of-day.ts';
import { identifierEvidence, type IdentifierEvidence } from './identifier-like.ts';
import { readTarget, type AuditTarget } from './audit-target.ts';

/** What detectors look at: every column read once, the target, and the parts of the split. */
export interface AuditContext {
  readonly info: DatasetInfo;
  readonly table: Table;
  readonly rows: number;
  readonly columns: readonly AuditColumn[];
  /** Null where the audit has no target. */
  readonly target: AuditTarget | null;
  /** What the spec says, or what would be proposed; null where there is neither a spec nor a target. */
  readonly spec: Spec | null;
  /** Null where there is no spec, or no split can be made. */
  readonly split: AuditSplit | null;
  /** Columns that name rows or things, by name, with what says so. */
  readonly identifiers: ReadonlyMap<string, IdentifierEvidence>;
  /** Milliseconds since 1970 at the end of the day of the audit. */
  readonly endOfToday: number;
  /** What a remedy that hashes a column puts before its values. */
  readonly salt: string;
  readonly breather: Breather;
}

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
      new AuditColumn(table, schema, spec?.columns[schema.name] ?? {}, {
        isTarget: schema.name === target,
        isDealing: spec !== null && dealsOnly(spec, schema.name),
      }),
  );
  const targetColumn = columns.find(({ isTarget }) => isTarget);
  return {
    info,
    table,
    rows: table.rowCount,
    columns,
    target:
      targetColumn === undefined || task === null
        ? null
        : readTarget(targetColumn, task === 'ranking' ? 'regression' : task),
    spec,
    split,
    identifiers: identifiersAmong(columns),
    endOfToday: endOfDay(today),
    salt: newSalt(),
    breather,
  };
}

function identifiersAmong(columns: readonly AuditColumn[]): Map<string, IdentifierEvidence> {
  const found = new Map<string, IdentifierEvidence>();
  for (const column of columns) {
    const evidence = identifierEvidence(column);
    if (evidence !== null) found.set(column.name, evidence);
  }
  return found;
}

/** 128 random bits: a salt must not be foreseen, so it comes from no seed. */
function newSalt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
