import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { Breather } from '#core/breather.ts';
import { sparseMoments } from './sparse-moments.ts';

/** Cells between two looks at the event loop. */
const CELLS_AT_ONCE = 1_000_000;

/**
 * The standard deviation of each feature over all rows [width], with their number in the denominator; exactly 0 of one that
 * never varies.
 */
export async function featureDeviations(
  features: FeatureMatrix,
  breather: Breather,
): Promise<Float64Array> {
  const { rows, width, sparse } = features;
  const { sums, squares } =
    sparse === undefined ? await denseMoments(features, breather) : sparseMoments(sparse, width);
  return sums.map((sum, j) => {
    const mean = sum / rows;
    return Math.sqrt(Math.max(0, (squares[j] ?? 0) / rows - mean * mean));
  });
}

/** Σ of what rows differ from the first one and Σ of its square: [width] each. */
async function denseMoments(
  { rows, width, values }: FeatureMatrix,
  breather: Breather,
): Promise<Record<'sums' | 'squares', Float64Array>> {
  const [sums, squares] = [new Float64Array(width), new Float64Array(width)];
  const rowsAtOnce = Math.max(1, Math.floor(CELLS_AT_ONCE / width));
  for (let i = 0; i < rows; i += 1) {
    if (i % rowsAtOnce === 0) await breather.breathe();
    for (let j = 0; j < width; j += 1) {
      const away = (values[i * width + j] ?? 0) - (values[j] ?? 0);
      sums[j] = (sums[j] ?? 0) + away;
      squares[j] = (squares[j] ?? 0) + away * away;
    }
  }
  return { sums, squares };
}
