import { ln } from '#core/math.ts';
import type { TrainingData } from '../estimator.ts';
import { expBelowZero } from './exp-below-zero.ts';
import type { RowBlocks } from './row-blocks.ts';

/** A row's curvature is at least this share of what it counts, also where its class is all but certain. */
const LEAST_CURVATURE = 1e-9;

/** Every row's scores, kept while the coefficients of one class after the other move. */
export class ClassScores {
  readonly free: number;
  readonly #target: Float64Array;
  readonly #counts: Float64Array;
  /** [free][rows] */
  readonly #scores: readonly Float64Array[];

  constructor({ target }: TrainingData, { sets, counts }: RowBlocks) {
    this.free = sets;
    this.#target = target;
    this.#counts = counts;
    this.#scores = Array.from({ length: sets }, () => new Float64Array(target.length));
  }

  /** Adds a share of each row's move to its score for class k. */
  move(k: number, moves: Float64Array, share: number): void {
    const scores = this.#scores[k];
    if (scores === undefined) throw new RangeError(`no scores for class ${k}`);
    for (let i = 0; i < scores.length; i += 1) {
      scores[i] = (scores[i] ?? 0) + share * (moves[i] ?? 0);
    }
  }

  /** Σ cross-entropy over rows, by what they count. */
  loss(): number {
    let loss = 0;
    for (let i = 0; i < this.#target.length; i += 1) {
      const { top, sum } = this.#exponentials(i);
      const label = this.#labelOf(i);
      const own = label < 0 ? 0 : (this.#scores[label]?.[i] ?? 0);
      loss += (this.#counts[i] ?? 0) * (top + ln(sum) - own);
    }
    return loss;
  }

  /** First and second derivative of each row's loss by its score for class k. */
  derivatives(k: number): { readonly slopes: Float64Array; readonly curvatures: Float64Array } {
    const slopes = new Float64Array(this.#target.length);
    const curvatures = new Float64Array(this.#target.length);
    for (let i = 0; i < slopes.length; i += 1) {
      const { top, sum } = this.#exponentials(i);
      const share = expBelowZero((this.#scores[k]?.[i] ?? 0) - top) / sum;
      const count = this.#counts[i] ?? 0;
      slopes[i] = count * (share - (this.#labelOf(i) === k ? 1 : 0));
      curvatures[i] = count * Math.max(share * (1 - share), LEAST_CURVATURE);
    }
    return { slopes, curvatures };
  }

  /** A row's class among those with coefficients: −1 for the first of two. */
  #labelOf(i: number): number {
    return (this.#target[i] ?? 0) - (this.free === 1 ? 1 : 0);
  }

  /** A row's largest score, and Σ exp(score − largest); the first of two classes has the score 0. */
  #exponentials(i: number): { readonly top: number; readonly sum: number } {
    let top = this.free === 1 ? 0 : -Infinity;
    for (const scores of this.#scores) top = Math.max(top, scores[i] ?? 0);
    let sum = this.free === 1 ? expBelowZero(-top) : 0;
    for (const scores of this.#scores) sum += expBelowZero((scores[i] ?? 0) - top);
    return { top, sum };
  }
}
