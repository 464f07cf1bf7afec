import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import { exp, ln } from '#core/math.ts';
import type { TrainingData } from '../estimator.ts';
import { fixedPoint, type FixedPoint } from './fixed-point.ts';

/** What boosting needs of a loss. Scores are kept per output, in a kernel's memory. */
export interface BoostingLoss {
  /** Scores per row, and trees per iteration. */
  readonly outputs: number;
  /** The score that every row begins with, per output. */
  readonly baseline: Float64Array;
  /** Once per iteration, before the gradients of each output. */
  prepare(): void;
  /** Writes gradient, hessian and count of every row for one output, as a bin holds them. */
  gradients(output: number, out: Address): FixedPoint;
}

/** The rows that are trained on, in a kernel's memory: arrays have room for an even number of rows. */
export interface TrainingRows {
  readonly rows: number;
  /** Bytes of an array of one number per row. */
  readonly stride: number;
  /** Scores of every row, output after output. */
  readonly scores: Address;
  readonly target: Address;
  /** 0 where every row counts 1. */
  readonly weights: Address;
  readonly largestWeight: number;
}

export function takeRows(
  { memory }: TreeMachine,
  { target, weights }: TrainingData,
  baseline: Float64Array,
): TrainingRows {
  const rows = target.length;
  const stride = Math.ceil(rows / 2) * 16;
  const place = (values: Float64Array): Address => {
    const at = memory.take(stride);
    memory.float64(at, rows).set(values);
    return at;
  };
  const scores = memory.take(stride * baseline.length);
  for (const [k, start] of baseline.entries())
    memory.float64(scores + k * stride, rows).fill(start);
  return {
    ...{ rows, stride, scores },
    target: place(target),
    weights: weights === undefined ? 0 : place(weights),
    largestWeight: weights?.reduce((most, weight) => Math.max(most, weight), 0) ?? 1,
  };
}

/** Trees per iteration and first scores: log odds, log shares less their mean, or the mean, as scikit-learn's. */
export function baselineOf({ task, outputs, target, weights }: TrainingData): Float64Array {
  const sums = new Float64Array(outputs);
  let total = 0;
  for (const [i, y] of target.entries()) {
    const weight = weights?.[i] ?? 1;
    total += weight;
    const k = task === 'regression' ? 0 : y;
    sums[k] = (sums[k] ?? 0) + (task === 'regression' ? weight * y : weight);
  }
  if (task === 'regression') return sums.map((sum) => sum / total);
  const logs = sums.map((sum) => ln(Math.max(sum / total, Number.EPSILON)));
  if (outputs === 2) return Float64Array.of((logs[1] ?? 0) - (logs[0] ?? 0));
  const mean = logs.reduce((sum, one) => sum + one, 0) / outputs;
  return logs.map((one) => one - mean);
}

/** Cross-entropy: one score and the sigmoid for two classes, else a score per class and the softmax. */
export function crossEntropy(
  { memory, kernels }: TreeMachine,
  own: TrainingRows,
  baseline: Float64Array,
): BoostingLoss {
  const { rows, stride, scores, target, weights, largestWeight } = own;
  const outputs = baseline.length;
  const probabilities = memory.take(stride * outputs);
  const unit = fixedPoint(rows, largestWeight, largestWeight / 4);
  return {
    ...{ outputs, baseline },
    prepare() {
      if (outputs === 1) kernels.sigmoid(scores, rows, probabilities);
      else kernels.softmax(scores, outputs, stride, rows, probabilities);
    },
    gradients(output, out) {
      kernels.packProbabilities(
        ...([probabilities + output * stride, target, outputs === 1 ? 1 : output] as const),
        ...([weights, rows, unit.gradientScale, unit.hessianScale, unit.shift, out] as const),
      );
      return unit;
    },
  };
}

/** Half the squared error: gradients are score − y, hessians 1. */
export function squaredError(
  { memory, kernels }: TreeMachine,
  own: TrainingRows,
  baseline: Float64Array,
): BoostingLoss {
  const { rows, stride, scores, target, weights, largestWeight } = own;
  const residuals = memory.take(stride);
  return {
    ...{ outputs: 1, baseline },
    prepare: () => undefined,
    gradients(_, out) {
      const score = memory.float64(scores, rows);
      const wanted = memory.float64(target, rows);
      const residual = memory.float64(residuals, rows);
      let largest = 0;
      for (let i = 0; i < rows; i += 1) {
        const one = (score[i] ?? 0) - (wanted[i] ?? 0);
        residual[i] = one;
        largest = Math.max(largest, Math.abs(one));
      }
      const unit = fixedPoint(rows, largest * largestWeight, largestWeight);
      kernels.packGradients(
        ...([residuals, weights, rows] as const),
        ...([unit.gradientScale, unit.hessianScale, unit.shift, out] as const),
      );
      return unit;
    },
  };
}

/**
 * Mean loss of scores over every `every`-th row: cross-entropy in nats, or the squared error.
 *
 * @param score of row i and output k
 */
export function meanLoss(
  { target, weights, task }: TrainingData,
  outputs: number,
  score: (row: number, output: number) => number,
  every = 1,
): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < target.length; i += every) {
    const y = target[i] ?? 0;
    const weight = weights?.[i] ?? 1;
    total += weight;
    sum +=
      weight * (task === 'regression' ? square(score(i, 0) - y) : logLoss(i, y, outputs, score));
  }
  return total === 0 ? 0 : sum / total;
}

function logLoss(
  row: number,
  y: number,
  outputs: number,
  score: (row: number, output: number) => number,
): number {
  if (outputs === 1) {
    const margin = y === 1 ? score(row, 0) : -score(row, 0);
    return Math.max(0, -margin) + ln(1 + exp(-Math.abs(margin)));
  }
  let largest = -Infinity;
  for (let k = 0; k < outputs; k += 1) largest = Math.max(largest, score(row, k));
  let sum = 0;
  for (let k = 0; k < outputs; k += 1) sum += exp(score(row, k) - largest);
  return largest + ln(sum) - score(row, y);
}

function square(value: number): number {
  return value * value;
}
