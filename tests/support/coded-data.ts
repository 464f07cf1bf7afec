import type { TrainingData } from '#core/models/estimator.ts';
import { RandomStream } from '#core/random.ts';

/** Three numbers, and codes of five and of three categories, which tell most of three classes; some codes are missing. */
export function drawCoded(seed: number, rows: number): TrainingData {
  const random = new RandomStream(seed);
  const categories = Int32Array.of(0, 5, 0, 3, 0);
  const width = categories.length;
  const values = Float32Array.from({ length: rows * width }, (_, at) => {
    const count = categories[at % width] ?? 0;
    if (count === 0) return random.normal();
    return random.uniform() < 0.1 ? NaN : random.integer(count);
  });
  const target = Float64Array.from({ length: rows }, (_, row) => {
    const [first = 0, second = 0] = [values[row * width + 1], values[row * width + 3]];
    return ((Number.isNaN(first) ? 1 : first) + (Number.isNaN(second) ? 1 : 2 * second)) % 3;
  });
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  return {
    task: 'classification',
    features: { rows, width, values, names, categories },
    target,
    outputs: 3,
  };
}
