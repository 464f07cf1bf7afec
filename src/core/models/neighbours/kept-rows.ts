import type { TrainingData } from '../estimator.ts';
import type { WeightTensor } from '../weight-tensor.ts';

/**
 * The training rows as the model keeps them: `features` [width, rows], `targets` [rows] (class indexes or standardized
 * values), and where rows are weighted `counts` [rows], what each one's vote counts. Rows of weight 0 have none.
 */
export function keepRows({ features, target, weights }: TrainingData): readonly WeightTensor[] {
  const { width, values } = features;
  const kept = Array.from(target.keys()).filter((i) => weights?.[i] !== 0);
  const rows = kept.length;
  const byFeature = new Float32Array(width * rows);
  for (const [to, from] of kept.entries()) {
    for (let j = 0; j < width; j += 1) {
      byFeature[j * rows + to] = values[from * width + j] ?? 0;
    }
  }
  const taken = (all: Float64Array): Float64Array => Float64Array.from(kept, (i) => all[i] ?? 0);
  return [
    { name: 'features', shape: [width, rows], values: byFeature },
    { name: 'targets', shape: [rows], values: taken(target) },
    ...(weights === undefined ? [] : [{ name: 'counts', shape: [rows], values: taken(weights) }]),
  ];
}
