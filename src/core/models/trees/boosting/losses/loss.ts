import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import { rowsOfQueries } from '#core/ranking/query-rows.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import type { FixedPoint } from '#core/models/trees/fixed-point.ts';

/** What boosting needs of a loss: it is measured row by row, or query by query. */
export type BoostingLoss = LossOfRows | LossOfQueries;

export interface LossOfRows extends LossSlopes {
  /** Of one row, at least 0. @param scores its own, output after output */
  rowLoss(target: number, scores: Float64Array): number;
}

export interface LossOfQueries extends LossSlopes {
  /** Of the rows of one query, from 0 to 1; null where every order of them is as good. */
  queryLoss(grades: Float64Array, scores: Float64Array): number | null;
}

/** What trees follow. A row has one score, or one per class. */
interface LossSlopes {
  /** Whether a score is the logarithm of the target in its own unit. */
  readonly logLink?: true;
  /** The target in the unit that scores are of. */
  targetOf(data: TrainingData): Float64Array;
  /** The scores that every row begins with: as many as there are trees in an iteration. */
  baseline(target: Float64Array, data: TrainingData): Float64Array;
  gradients(machine: TreeMachine, own: TrainingRows, data: TrainingData): GradientWriter;
  /** A leaf's value from its rows' target − score, where it is not −Σ gradients ÷ Σ hessians. */
  leafValue?(residuals: Float64Array, weights: Float64Array | undefined): number;
}

export interface GradientWriter {
  /**
   * Once per iteration, before the gradients of each output.
   * @param meanwhile what this thread does while others prepare: it may read scores
   */
  prepare(meanwhile: () => void): void;
  /** Writes gradient, hessian and count of every row for one output, as a bin holds them. */
  write(output: number, out: Address): FixedPoint;
}

/** The rows that are trained on, in a kernel's memory: arrays have room for an even number of rows. */
export interface TrainingRows {
  readonly rows: number;
  readonly outputs: number;
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
  target: Float64Array,
  weights: Float64Array | undefined,
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
  for (const [k, start] of baseline.entries()) {
    memory.float64(scores + k * stride, rows).fill(start);
  }
  return {
    ...{ rows, stride, scores, outputs: baseline.length },
    target: place(target),
    weights: weights === undefined ? 0 : place(weights),
    largestWeight: weights?.reduce((most, weight) => Math.max(most, weight), 0) ?? 1,
  };
}

/**
 * Mean loss over every `every`-th row or query; null where there is none to measure.
 * @param scoresOf writes a row's scores
 */
export function meanLoss(
  loss: BoostingLoss,
  { weights, queries }: Pick<TrainingData, 'weights' | 'queries'>,
  target: Float64Array,
  scoresOf: (row: number) => Float64Array,
  every = 1,
): number | null {
  if ('queryLoss' in loss) {
    const all = queries === undefined ? [] : rowsOfQueries(queries);
    const some = all.filter((_, q) => q % every === 0);
    return meanOfQueries(loss, some, target, (row) => scoresOf(row)[0] ?? 0);
  }
  let sum = 0;
  let total = 0;
  for (let i = 0; i < target.length; i += every) {
    const weight = weights?.[i] ?? 1;
    total += weight;
    sum += weight * loss.rowLoss(target[i] ?? 0, scoresOf(i));
  }
  return total === 0 ? null : sum / total;
}

/** Each query counts the same, however many rows it has. */
function meanOfQueries(
  loss: LossOfQueries,
  queries: readonly Int32Array[],
  target: Float64Array,
  scoreOf: (row: number) => number,
): number | null {
  const losses = queries.flatMap((rows) => {
    const grades = Float64Array.from(rows, (row) => target[row] ?? 0);
    return loss.queryLoss(grades, Float64Array.from(rows, scoreOf)) ?? [];
  });
  const sum = losses.reduce((total, one) => total + one, 0);
  return losses.length === 0 ? null : sum / losses.length;
}
