import { mayDropConflicts } from '#core/spec/check-rows.ts';
import type { Spec } from '#core/spec/spec.ts';
import type { Remedy } from '../finding.ts';

/** The remedy for rows that say one thing of the same inputs and another: none where a task does without. */
export function dropConflicts(spec: Spec | null): Remedy[] {
  if (spec === null || !mayDropConflicts(spec)) return [];
  const changes = [{ path: 'rows.conflicts', value: 'drop' }];
  return [{ label: 'Leave out rows that contradict others of the same inputs', changes }];
}
