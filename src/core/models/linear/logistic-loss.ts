import type { TrainingData } from '../estimator.ts';
import { manyClassLoss } from './many-class-loss.ts';
import { twoClassLoss } from './two-class-loss.ts';

/** Cross-entropy of linear scores. With two classes one score is free, and the first class's is 0. */
export class LogisticLoss {
  /** Sets of coefficients. */
  readonly free: number;
  /** What all rows count together. */
  readonly total: number;
  /** What each row counts, or null where all count 1. */
  readonly counts: Float64Array | null;
  readonly #data: TrainingData;

  constructor(data: TrainingData, counts: Float64Array | null) {
    this.free = data.outputs === 2 ? 1 : data.outputs;
    this.total = counts?.reduce((sum, count) => sum + count, 0) ?? data.features.rows;
    this.#data = data;
    this.counts = counts;
  }

  /**
   * Mean cross-entropy in nats; fills its gradient where one is asked for.
   * @param point [width, free] coefficients row-major, then [free] intercepts
   */
  at(point: Float64Array, gradient: Float64Array | null): number {
    const { features, target, outputs } = this.#data;
    const sum =
      outputs === 2
        ? twoClassLoss(features, target, this.counts, point, gradient)
        : manyClassLoss(features, target, outputs, this.counts, point, gradient);
    if (gradient !== null) {
      for (let i = 0; i < gradient.length; i += 1) gradient[i] = (gradient[i] ?? 0) / this.total;
    }
    return sum / this.total;
  }
}
