import { takeMatrixRows } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';

/** Rows of each class, ascending. */
export function rowsOfClasses({ target, outputs }: TrainingData): readonly Int32Array[] {
  const counts = new Int32Array(outputs);
  for (const label of target) counts[label] = (counts[label] ?? 0) + 1;
  const rows = Array.from(counts, (count) => new Int32Array(count));
  const next = new Int32Array(outputs);
  for (const [row, label] of target.entries()) {
    const at = next[label] ?? 0;
    const own = rows[label];
    if (own !== undefined) own[at] = row;
    next[label] = at + 1;
  }
  return rows;
}

/** The given rows, in that order; one may come several times. */
export function withRows(data: TrainingData, rows: Int32Array): TrainingData {
  const { features, target, weights } = data;
  return {
    ...data,
    features: takeMatrixRows(features, rows),
    target: Float64Array.from(rows, (row) => target[row] ?? NaN),
    ...(weights !== undefined && {
      weights: Float64Array.from(rows, (row) => weights[row] ?? NaN),
    }),
  };
}
