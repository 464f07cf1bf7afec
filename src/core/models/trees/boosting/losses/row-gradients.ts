import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeCall, TreeMachine } from '#core/kernels/tree-kernels.ts';
import { stretchesOf } from '#core/parallel/stretches.ts';
import { fixedPoint } from '#core/models/trees/fixed-point.ts';
import type { GradientWriter, TrainingRows } from './loss.ts';

/** What a loss writes of every row before weights. */
export interface Derivatives {
  readonly gradients: Float64Array;
  /** All 1 where a loss leaves them out. */
  readonly hessians: Float64Array;
}

/**
 * Gradients of one output, made row by row from scores and target. Hessians are 1 unless `hasHessians`.
 *
 * @param fill writes the derivatives of every row
 */
export function rowGradients(
  { memory, crew }: TreeMachine,
  { rows, stride, scores, target, weights, largestWeight }: TrainingRows,
  fill: (scores: Float64Array, target: Float64Array, into: Derivatives) => void,
  hasHessians = false,
): GradientWriter {
  const gradients = memory.take(stride);
  const hessians: Address = hasHessians ? memory.take(stride) : 0;
  const stretches = stretchesOf(rows, crew);
  const view = (at: Address): Float64Array => memory.float64(at, at === 0 ? 0 : rows);
  return {
    prepare: (meanwhile) => meanwhile(),
    write(_, out) {
      const into = { gradients: view(gradients), hessians: view(hessians) };
      fill(view(scores), view(target), into);
      const unit = fixedPoint(
        rows,
        largestOf(into.gradients) * largestWeight,
        (hasHessians ? largestOf(into.hessians) : 1) * largestWeight,
      );
      crew.run(
        stretches.map(({ from, count }): readonly TreeCall[] => {
          const place = (all: Address): Address => (all === 0 ? 0 : all + from * 8);
          const read = [place(gradients), place(hessians), place(weights), count] as const;
          const scale = [unit.gradientScale, unit.hessianScale, unit.shift] as const;
          return [['packGradients', ...read, ...scale, out + from * 16]];
        }),
      );
      return unit;
    },
  };
}

function largestOf(values: Float64Array): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}
