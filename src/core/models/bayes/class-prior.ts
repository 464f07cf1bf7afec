import { ln } from '#core/math.ts';
import { rowWeights } from '../row-weights.ts';
import type { TrainingData } from '../estimator.ts';

/** Stands for ln 0: a class without training rows never wins, and the weights stay finite. */
const NEVER = -1e300;

export interface ClassPrior {
  /** What each row counts. */
  readonly weights: Float64Array;
  /** The rows of each class, by weight. */
  readonly counts: Float64Array;
  /** ln of each class's share. */
  readonly logShares: Float64Array;
}

export function classPrior(data: TrainingData): ClassPrior {
  const weights = rowWeights(data);
  const counts = new Float64Array(data.outputs);
  for (const [i, label] of data.target.entries()) {
    counts[label] = (counts[label] ?? 0) + (weights[i] ?? 0);
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const logShares = counts.map((count) => (count === 0 ? NEVER : ln(count / total)));
  return { weights, counts, logShares };
}
