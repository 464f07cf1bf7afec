import { booleanOf } from '#core/spec/parameters.ts';
import { numericColumns, type NumericFeature } from '../column.ts';
import { rowConstant } from '../row-constant.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { mean } from '../statistics.ts';
import { keptParameters, MOST_COLUMNS, principalAxes, whiten } from './principal-axes.ts';
import { refuseColumns } from './refuse-columns.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

interface PcaState extends StepState {
  readonly centre: readonly number[];
  /** Per feature, what each centred column is multiplied by; divided by the deviation where whitened. */
  readonly components: readonly (readonly number[])[];
}

export const pca: FeatureStep<PcaState> = {
  name: 'pca',
  title: 'Principal components',
  summary:
    'Fewer numbers that hold most of the variance of all: directions in which the training rows differ most. Scale first.',
  accepts: ['numeric'],
  gives: 'same',
  parameters: [...keptParameters('share'), whiten],

  fit(columns, parameters) {
    const numbers = numericColumns(columns);
    refuseColumns('pca', numbers, MOST_COLUMNS);
    const centre = numbers.map(({ values }) => (values.length === 0 ? 0 : mean(values)));
    const { variances, axes } = principalAxes(
      symmetricEigen(covariance(numbers, centre), numbers.length),
      parameters,
    );
    const whitens = booleanOf(parameters, 'whiten');
    return {
      centre,
      components: axes.map((axis, k) => {
        const variance = variances[k] ?? 0;
        const divisor = whitens && variance > 0 ? Math.sqrt(variance) : 1;
        return Array.from(axis, (weight) => weight / divisor);
      }),
    };
  },

  transform(columns, { centre, components }) {
    const numbers = numericColumns(columns);
    const rows = numbers[0]?.values.length ?? 0;
    return components.map((weights, k) => {
      const values = new Float64Array(rows);
      for (const [j, column] of numbers.entries()) {
        const [middle, weight] = [centre[j] ?? 0, weights[j] ?? 0];
        for (const [i, value] of column.values.entries()) {
          values[i] = (values[i] ?? 0) + (value - middle) * weight;
        }
      }
      return { kind: 'numeric', name: `component ${k + 1} of ${namesOf(numbers)}`, values };
    });
  },

  // Minus (centre − x): onnxruntime drops a Sub whose constant on the right is nearly 0.
  emit(graph, input, { centre, components }) {
    const width = components.length;
    const weights = Float64Array.from(
      { length: centre.length * width },
      (_, i) => -(components[i % width]?.[Math.floor(i / width)] ?? 0),
    );
    const negated = graph.node('Sub', [rowConstant(graph, centre, 'centre'), input]);
    return graph.node('MatMul', [negated, graph.constant(weights, [centre.length, width])]);
  },
};

/** Tells the components of one group of columns from those of another. */
function namesOf(columns: readonly NumericFeature[]): string {
  const [first, last] = [columns[0]?.name ?? '', columns[columns.length - 1]?.name ?? ''];
  return columns.length === 1 ? first : `${first} … ${last}`;
}

/** Divided by n − 1, [columns, columns], row-major. */
function covariance(columns: readonly NumericFeature[], centre: readonly number[]): Float64Array {
  const n = columns.length;
  const matrix = new Float64Array(n * n);
  const centred = columns.map(({ values }, j) => values.map((value) => value - (centre[j] ?? 0)));
  for (const [i, left] of centred.entries()) {
    const divisor = Math.max(1, left.length - 1);
    for (const [j, right] of centred.slice(0, i + 1).entries()) {
      let sum = 0;
      for (let row = 0; row < left.length; row += 1) sum += (left[row] ?? 0) * (right[row] ?? 0);
      matrix[i * n + j] = sum / divisor;
      matrix[j * n + i] = sum / divisor;
    }
  }
  return matrix;
}
