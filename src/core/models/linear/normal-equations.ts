import type { Breather } from '#core/breather.ts';
import type { TrainingData } from '../estimator.ts';
import { weightedMean } from '../row-weights.ts';
import { RowBlocks } from './row-blocks.ts';

/** Columns whose products with all features are summed in one pass over the rows. */
const COLUMNS_AT_ONCE = 64;

/** Sums over rows, by what they count, of centred features and a centred target. */
export interface NormalEquations {
  /** Mean of each feature. */
  readonly means: Float64Array;
  readonly targetMean: number;
  /** [width, width] products of features, row-major. */
  readonly gram: Float64Array;
  /** [width] products of features with the target. */
  readonly right: Float64Array;
}

/** @param breather is asked for a pause every few million products */
export async function normalEquations(
  data: TrainingData,
  breather: Breather,
): Promise<NormalEquations> {
  const { width } = data.features;
  const single = await RowBlocks.over(data, 1, breather);
  const [sums = new Float64Array(width)] = await single.sums(({ scores, counts }) => {
    scores.set(counts);
  });
  const means = sums.slice(0, width).map((sum) => sum / single.total);
  const targetMean = weightedMean(data.target, single.counts);
  /** Columns are the features, and then the target. */
  const products = new Float64Array((width + 1) * width);
  const blocks = await RowBlocks.over(data, Math.min(width + 1, COLUMNS_AT_ONCE), breather);
  for (let from = 0; from <= width; from += COLUMNS_AT_ONCE) {
    const columns = Math.min(blocks.sets, width + 1 - from);
    const found = await blocks.sums(({ values, target, counts, scores }) => {
      const rows = counts.length;
      for (let k = 0; k < columns; k += 1) {
        const j = from + k;
        const [cells, step, start] = j < width ? [values, width, j] : [target, 1, 0];
        const mean = means[j] ?? targetMean;
        for (let i = 0; i < rows; i += 1) {
          scores[k * rows + i] = (counts[i] ?? 0) * ((cells[i * step + start] ?? 0) - mean);
        }
      }
    });
    for (const [k, sum] of found.slice(0, columns).entries()) {
      // Σ f·(x − mean), where f is what the row counts times its column, centred.
      const shift = sum[width] ?? 0;
      const centred = sum.subarray(0, width).map((value, j) => value - (means[j] ?? 0) * shift);
      products.set(centred, (from + k) * width);
    }
  }
  const end = width * width;
  return { means, targetMean, gram: products.subarray(0, end), right: products.subarray(end) };
}
