import { sparseMatrix } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { RandomStream } from '#core/random.ts';
import type { LogisticShape } from './logistic-data.ts';

export interface SparseShape extends LogisticShape {
  /** Cells of a row that are not 0. */
  readonly kept: number;
}

/** Rows with a few marks each, as one-hot columns and words make them: some features in many rows, most in few. */
export function drawSparseClasses({ rows, width, classes, kept }: SparseShape): TrainingData {
  const random = new RandomStream(1);
  const truth = Float64Array.from({ length: width * classes }, () => random.normal());
  const starts = new Int32Array(rows + 1);
  const places = new Int32Array(rows * kept);
  const values = new Float32Array(rows * kept);
  const target = new Float64Array(rows);
  let end = 0;
  for (let i = 0; i < rows; i += 1) {
    const chosen = new Set<number>();
    while (chosen.size < kept) {
      const share = random.uniform();
      chosen.add(Math.floor(width * share * share * share));
    }
    for (const place of Int32Array.from(chosen).sort()) {
      places[end] = place;
      values[end] = kept < 5 ? 1 : 0.2 + random.uniform();
      end += 1;
    }
    starts[i + 1] = end;
    const scores = Array.from({ length: classes }, (_, k) => {
      let score = Math.sqrt(kept) * random.normal();
      for (let at = starts[i] ?? 0; at < end; at += 1) {
        score += (values[at] ?? 0) * (truth[(places[at] ?? 0) * classes + k] ?? 0);
      }
      return score;
    });
    target[i] = scores.indexOf(Math.max(...scores));
  }
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  const features = sparseMatrix({ rows, width, names }, { starts, places, values });
  return { task: 'classification', features, target, outputs: classes };
}
