import { ln } from '#core/math.ts';
import type { TrainingData } from '../estimator.ts';
import { expBelowZero } from './exp-below-zero.ts';
import { addBlock, BLOCK, scoreBlock } from './row-blocks.ts';

/** Sums of exponentials are multiplied up to here before the logarithm of them all is taken at once. */
const LARGE = 1e100;

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
   * Mean cross-entropy in nats, and its gradient where one is asked for.
   * @param point [width, free] coefficients row-major, then [free] intercepts
   */
  at(point: Float64Array, gradient: Float64Array | null): number {
    const { free } = this;
    const { features, target } = this.#data;
    const { rows, width } = features;
    const perClass = Array.from({ length: free }, (_, k) =>
      Float64Array.from({ length: width }, (__, j) => point[j * free + k] ?? 0),
    );
    const slopes = perClass.map(() => new Float64Array(width));
    const intercepts = new Float64Array(free);
    const scores = new Float64Array(free * BLOCK);
    const none = new Float64Array(0);
    let loss = 0;
    let product = 1;
    for (let from = 0; from < rows; from += BLOCK) {
      for (let k = 0; k < free; k += 1) {
        const start = point[width * free + k] ?? 0;
        scoreBlock(features, from, perClass[k] ?? none, start, scores, k * BLOCK);
      }
      for (let b = 0; b < BLOCK; b += 1) {
        const counted = from + b < rows;
        const count = counted ? (this.counts?.[from + b] ?? 1) : 0;
        const label = (target[from + b] ?? 0) - (free === 1 ? 1 : 0);
        let top = free === 1 ? Math.max(0, scores[b] ?? 0) : -Infinity;
        for (let at = b; at < scores.length; at += BLOCK) top = Math.max(top, scores[at] ?? 0);
        const lead = label < 0 ? top : top - (scores[label * BLOCK + b] ?? 0);
        let sum = free === 1 ? expBelowZero(-top) : 0;
        for (let at = b; at < scores.length; at += BLOCK) {
          const power = expBelowZero((scores[at] ?? 0) - top);
          scores[at] = power;
          sum += power;
        }
        if (count !== 0) loss += count * lead;
        if (count === 1) product *= sum;
        else loss += count * ln(sum);
        for (let k = 0; k < free; k += 1) {
          const share = (scores[k * BLOCK + b] ?? 0) / sum;
          const asked = count * (share - (k === label ? 1 : 0));
          scores[k * BLOCK + b] = asked;
          intercepts[k] = (intercepts[k] ?? 0) + asked;
        }
      }
      if (product > LARGE) {
        loss += ln(product);
        product = 1;
      }
      if (gradient === null) continue;
      for (let k = 0; k < free; k += 1) {
        addBlock(features, from, scores, k * BLOCK, slopes[k] ?? none);
      }
    }
    if (gradient !== null) this.#fill(gradient, slopes, intercepts);
    return (loss + ln(product)) / this.total;
  }

  #fill(gradient: Float64Array, slopes: readonly Float64Array[], intercepts: Float64Array): void {
    const { free, total } = this;
    for (const [k, slope] of slopes.entries()) {
      for (const [j, value] of slope.entries()) gradient[j * free + k] = value / total;
    }
    const { width } = this.#data.features;
    for (const [k, value] of intercepts.entries()) gradient[width * free + k] = value / total;
  }
}
