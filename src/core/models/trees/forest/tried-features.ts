import type { TrainingData } from '#core/models/estimator.ts';

/**
 * How many features are tried at a node, as in scikit-learn's trees: of a share of them the whole part, and 1 at least.
 * @param chosen the parameter `max_features`; its `auto` is `sqrt` for classes and `all` for values
 */
export function triedFeatures(
  chosen: string | number,
  { features: { width }, task }: Pick<TrainingData, 'features' | 'task'>,
): number {
  if (typeof chosen === 'number') return Math.max(1, Math.floor(chosen * width));
  const byTask = task === 'regression' ? 'all' : 'sqrt';
  switch (chosen === 'auto' ? byTask : chosen) {
    case 'sqrt':
      return Math.max(1, Math.floor(Math.sqrt(width)));
    case 'log2':
      return Math.max(1, 31 - Math.clz32(width));
    default:
      return width;
  }
}
