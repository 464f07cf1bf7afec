import { refuse } from './refuse.ts';
import type { Spec } from './spec.ts';

/** Whether rows can contradict each other: where one input has one answer, whatever stands before it. */
export function mayDropConflicts({ task, forecast }: Pick<Spec, 'task' | 'forecast'>): boolean {
  return (task === 'classification' || task === 'regression') && forecast === undefined;
}

/** Checks what a spec says of rows to leave out. @throws TerrariumError naming the path in the spec */
export function checkRows(spec: Spec): void {
  if (spec.rows.conflicts !== 'drop' || mayDropConflicts(spec)) return;
  throw refuse(
    'rows.conflicts',
    `is drop, and ${spec.forecast === undefined ? `the task ${spec.task}` : 'a forecast'} has no rows that contradict each other`,
    'Remove it.',
  );
}
