import type { Task } from '#core/spec/spec.ts';

/** What a network minimizes in a task, with its unit. */
export function networkLoss(task: Task): string {
  if (task === 'classification') return 'cross-entropy (nats)';
  if (task === 'regression') return 'squared error (target deviations²)';
  if (task === 'language') return 'cross-entropy (nats per character)';
  return 'squared error of the row that comes back';
}
