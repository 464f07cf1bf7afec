import type { TrainingData } from './estimator.ts';

/** What each row counts; 1 where the data do not say. */
export function rowWeights({ weights, features }: TrainingData): Float64Array {
  return weights ?? new Float64Array(features.rows).fill(1);
}

export function weightedMean(values: Float64Array, weights: Float64Array): number {
  let [sum, total] = [0, 0];
  for (const [i, value] of values.entries()) {
    sum += value * (weights[i] ?? 0);
    total += weights[i] ?? 0;
  }
  return sum / total;
}
