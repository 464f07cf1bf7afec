import type { FeatureMatrix } from '#core/features/matrix.ts';

export interface Assigned {
  /** The nearest centre of each row, of equally near ones the first. */
  readonly labels: Int32Array;
  /** Its squared distance. */
  readonly squares: Float64Array;
  /** Sum of the squared distances. */
  readonly inertia: number;
}

/** Each row's nearest centre. @param centres [k, width] */
export function assignRows(
  { rows, width, values }: FeatureMatrix,
  centres: Float64Array,
  k: number,
): Assigned {
  const labels = new Int32Array(rows);
  const squares = new Float64Array(rows);
  let inertia = 0;
  for (let i = 0; i < rows; i += 1) {
    let [nearest, least] = [0, Infinity];
    for (let c = 0; c < k; c += 1) {
      let sum = 0;
      const [row, centre] = [i * width, c * width];
      // A centre that is farther already needs no more of its features.
      for (let j = 0; j < width && sum < least; j += 1) {
        const away = (values[row + j] ?? 0) - (centres[centre + j] ?? 0);
        sum += away * away;
      }
      if (sum < least) [nearest, least] = [c, sum];
    }
    labels[i] = nearest;
    squares[i] = least;
    inertia += least;
  }
  return { labels, squares, inertia };
}

/** Mean squared distance of rows to their nearest centre; null for no rows. */
export function meanSquaredDistance(
  features: FeatureMatrix,
  centres: Float64Array,
  k: number,
): number | null {
  if (features.rows === 0) return null;
  return assignRows(features, centres, k).inertia / features.rows;
}
