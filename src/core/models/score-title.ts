import type { Task } from '#core/spec/spec.ts';

/** What networks are scored by on the validation rows of an epoch. */
export function scoreTitle(task: Task): string {
  if (task === 'language') return 'perplexity';
  if (task === 'anomaly_detection') return 'reconstruction error';
  return task === 'classification' ? 'accuracy' : 'R²';
}
