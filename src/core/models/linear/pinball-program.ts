import type { Breather } from '#core/breather.ts';
import type { TrainingData } from '../estimator.ts';
import { rowWeights } from '../row-weights.ts';
import type { BoundedProgram } from './bounded-program.ts';
import { RowBlocks } from './row-blocks.ts';
import { featureUnits } from './scaled-problem.ts';

/** Rows between two looks at the event loop. */
const ROWS_AT_ONCE = 1000;

export interface PinballProgram {
  readonly program: BoundedProgram;
  /** The model at the program's multipliers. */
  readonly coefficientsAt: (multipliers: Float64Array) => {
    readonly coefficients: Float64Array;
    readonly intercept: number;
  };
  /** What all rows count together. */
  readonly total: number;
}

/**
 * The dual of Σ vᵢ·pinball(yᵢ − score) + α·total·‖w‖₁. Its rows are those of the data, of features of unit scale and a 1
 * for the intercept, and then one for each coefficient, whose pinball loss at the median is the penalty.
 */
export async function pinballProgram(
  train: TrainingData,
  quantile: number,
  alpha: number,
  breather: Breather,
): Promise<PinballProgram> {
  const { width, values } = train.features;
  const weights = rowWeights(train);
  const kept = Int32Array.from(weights.keys()).filter((i) => weights[i] !== 0);
  const counts = Float64Array.from(kept, (i) => weights[i] ?? 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const blocks = await RowBlocks.over(train, 1, breather);
  const { means, units } = await featureUnits({ blocks, penalty: 0, curvature: 1 });
  const row = new Float64Array(width + 1);
  const read = (i: number): void => {
    const at = (kept[i] ?? 0) * width;
    for (let j = 0; j < width; j += 1) {
      row[j] = ((values[at + j] ?? 0) - (means[j] ?? 0)) * (units[j] ?? 0);
    }
    row[width] = 1;
  };
  // The losses of all rows pull at a coefficient by no more than this: a larger penalty, which keeps it at 0 all the same,
  // would only leave the program few digits for the rows.
  const pulls = new Float64Array(width);
  for (const [i, count] of counts.entries()) {
    read(i);
    for (let j = 0; j < width; j += 1) pulls[j] = (pulls[j] ?? 0) + count * Math.abs(row[j] ?? 0);
  }
  // A feature that never varies has no unit; any penalty keeps its coefficient at 0.
  const penalties = units.map((unit, j) =>
    unit === 0 ? total : Math.min(total * alpha * unit, pulls[j] ?? 0),
  );
  const penalized = Int32Array.from(units.keys()).filter((j) => (penalties[j] ?? 0) > 0);
  const rows = kept.length;
  const size = rows + penalized.length;
  const bound = (i: number, ofData: number): number =>
    i < rows ? ofData * (counts[i] ?? 0) : (penalties[penalized[i - rows] ?? 0] ?? 0);
  const start = Float64Array.from({ length: size }, (_, i) => bound(i, 1 - quantile));
  const upper = start.map((low, i) => low + bound(i, quantile));
  const cost = Float64Array.from({ length: size }, (_, i) =>
    i < rows ? -(train.target[kept[i] ?? 0] ?? 0) : 0,
  );
  const program: BoundedProgram = {
    cost,
    upper,
    start,
    scores: (v) =>
      cost.map((_, i) => {
        if (i >= rows) return v[penalized[i - rows] ?? 0] ?? 0;
        read(i);
        return row.reduce((sum, x, j) => sum + x * (v[j] ?? 0), 0);
      }),
    sums: (factors) => {
      const sums = new Float64Array(width + 1);
      for (let i = 0; i < rows; i += 1) {
        read(i);
        const factor = factors[i] ?? 0;
        for (let j = 0; j <= width; j += 1) sums[j] = (sums[j] ?? 0) + factor * (row[j] ?? 0);
      }
      for (const [n, j] of penalized.entries()) sums[j] = (sums[j] ?? 0) + (factors[rows + n] ?? 0);
      return sums;
    },
    gram: async (q) => {
      const side = width + 1;
      const gram = new Float64Array(side * side);
      for (let i = 0; i < rows; i += 1) {
        if (i % ROWS_AT_ONCE === 0) await breather.breathe();
        read(i);
        for (let j = 0; j < side; j += 1) {
          const left = (q[i] ?? 0) * (row[j] ?? 0);
          const at = j * side;
          for (let k = 0; k <= j; k += 1) gram[at + k] = (gram[at + k] ?? 0) + left * (row[k] ?? 0);
        }
      }
      for (const [n, j] of penalized.entries()) {
        gram[j * side + j] = (gram[j * side + j] ?? 0) + (q[rows + n] ?? 0);
      }
      return gram;
    },
  };
  const coefficientsAt: PinballProgram['coefficientsAt'] = (multipliers) => {
    const coefficients = units.map((unit, j) => -unit * (multipliers[j] ?? 0));
    const shift = coefficients.reduce((sum, w, j) => sum + w * (means[j] ?? 0), 0);
    return { coefficients, intercept: -(multipliers[width] ?? 0) - shift };
  };
  return { program, coefficientsAt, total };
}
