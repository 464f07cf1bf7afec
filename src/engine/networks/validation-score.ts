import { exp } from '#core/math.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import type { Validation } from './network.ts';

/**
 * How a network does on the validation rows: the share whose class it finds; R², which is 1 − its squared error ÷ the
 * target's variance; of texts, perplexity; or, of rows that are to come back, the reconstruction error: the mean over rows
 * and features of the squared difference after the steps. Null of values that are all the same.
 */
export function validationScore(
  { task, target }: TrainingData,
  { loss, hits }: Validation,
): number | null {
  if (hits !== null) return hits / target.length;
  if (task === 'language') return exp(loss);
  if (task === 'anomaly_detection') return loss;
  if (task !== 'regression') return null;
  // The mean of equal values may be rounded to another.
  if (target.every((value) => value === target[0])) return null;
  const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
  const squares = target.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return squares > 0 ? 1 - (loss * target.length) / squares : null;
}
