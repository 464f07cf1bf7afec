import { shapeOf, sparseMatrix, type FeatureMatrix } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';

/** The same cells, with those that are 0 left out. */
function sparsed(features: FeatureMatrix): FeatureMatrix {
  const { rows, width, values } = features;
  const starts = new Int32Array(rows + 1);
  const places: number[] = [];
  const kept: number[] = [];
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < width; j += 1) {
      const value = values[i * width + j] ?? NaN;
      if (value === 0) continue;
      places.push(j);
      kept.push(value);
    }
    starts[i + 1] = kept.length;
  }
  const sparse = { starts, places: Int32Array.from(places), values: Float32Array.from(kept) };
  return sparseMatrix(shapeOf(features), sparse);
}

/** The same data with sparse features. */
export function withSparse(data: TrainingData): TrainingData {
  return { ...data, features: sparsed(data.features) };
}
