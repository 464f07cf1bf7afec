import type { TrainingData } from '#core/models/estimator.ts';
import { RandomStream } from '#core/random.ts';

export interface Draw {
  readonly seed: number;
  readonly rows: number;
  readonly width: number;
  /** Number of classes; 1 draws values. */
  readonly outputs: number;
  /** Multiplies feature j. */
  readonly scaleOf?: (j: number) => number;
  /** Is added to every feature. */
  readonly offset?: number;
  /** Noise on the scores: 0 makes classes that can be separated. */
  readonly noise?: number;
  /** The last feature repeats the first one. */
  readonly collinear?: boolean;
}

/** Features with a linear truth behind them. */
export function draw({
  seed,
  rows,
  width,
  outputs,
  scaleOf,
  offset = 0,
  noise = 1,
  collinear,
}: Draw): TrainingData {
  const random = new RandomStream(seed);
  const truth = Float64Array.from({ length: width * outputs }, () => random.normal());
  const values = new Float32Array(rows * width);
  const target = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const row = Float64Array.from({ length: width }, () => random.normal());
    if (collinear === true) row[width - 1] = row[0] ?? 0;
    const scores = Array.from({ length: outputs }, (_, k) =>
      row.reduce((sum, x, j) => sum + x * (truth[j * outputs + k] ?? 0), noise * random.normal()),
    );
    target[i] = outputs === 1 ? (scores[0] ?? 0) : scores.indexOf(Math.max(...scores));
    values.set(
      row.map((x, j) => x * (scaleOf?.(j) ?? 1) + offset),
      i * width,
    );
  }
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  return {
    task: outputs === 1 ? 'regression' : 'classification',
    features: { rows, width, values, names },
    target,
    outputs,
  };
}

/** Powers of ten from 10^-from to 10^from over the features. */
export const scales =
  (from: number, width: number) =>
  (j: number): number =>
    10 ** (-from + (2 * from * j) / (width - 1));

/** The same rows, each with a weight from 0 to 2 of its own; their mean is 1. */
export function weighted(data: TrainingData): TrainingData {
  const random = new RandomStream(77);
  const raw = Float64Array.from(data.target, (_, i) => (i % 10 === 0 ? 0 : random.uniform()));
  const mean = raw.reduce((sum, weight) => sum + weight / raw.length, 0);
  return { ...data, weights: raw.map((weight) => weight / mean) };
}

/** The same rows with counts of at least 0 for features. */
export function counts(data: TrainingData): TrainingData {
  const values = data.features.values.map((value) => Math.max(0, Math.round(2 * value + 2)));
  return { ...data, features: { ...data.features, values } };
}

/** Five values, one of them in every row the same. */
export const withConstant = (seed: number, outputs: number): TrainingData =>
  draw({ seed, rows: 200, width: 5, outputs, scaleOf: (j) => (j === 2 ? 0 : 1), offset: 3 });

/** The same rows with whole numbers of at least 0 for targets. */
export function amounts(data: TrainingData): TrainingData {
  return { ...data, target: data.target.map((value) => Math.floor(Math.exp(0.4 * value + 1))) };
}
