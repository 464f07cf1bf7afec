import { RandomStream } from '#core/random.ts';
import type { TrainingData } from '#core/models/estimator.ts';

export interface LogisticShape {
  readonly rows: number;
  readonly width: number;
  readonly classes: number;
}

/** Rows of normal features, and classes that depend on them and on chance. */
export function drawClasses({ rows, width, classes }: LogisticShape): TrainingData {
  const random = new RandomStream(1);
  const truth = Float64Array.from({ length: width * classes }, () => random.normal());
  const values = Float32Array.from({ length: rows * width }, () => random.normal());
  const target = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    let best = -Infinity;
    for (let k = 0; k < classes; k += 1) {
      let score = Math.sqrt(width) * random.normal();
      for (let j = 0; j < width; j += 1) {
        score += (values[i * width + j] ?? 0) * (truth[j * classes + k] ?? 0);
      }
      if (score > best) {
        best = score;
        target[i] = k;
      }
    }
  }
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  return {
    task: 'classification',
    features: { rows, width, values, names },
    target,
    outputs: classes,
  };
}
