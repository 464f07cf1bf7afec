import { booleanOf, choiceOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import { numericColumns, type NumericFeature } from '../column.ts';
import { rowConstant } from '../row-constant.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { mean } from '../statistics.ts';
import { refuseColumns } from './refuse-columns.ts';
import { symmetricEigen, type Eigen } from './symmetric-eigen.ts';

interface PcaState extends StepState {
  readonly centre: readonly number[];
  /** Per feature, what each centred column is multiplied by; divided by the deviation where whitened. */
  readonly components: readonly (readonly number[])[];
}

const MOST_COLUMNS = 500;
/** A share of the largest variance that is only rounding: such a component is none. */
const NO_VARIANCE = 1e-12;

export const pca: FeatureStep<PcaState> = {
  name: 'pca',
  title: 'Principal components',
  summary:
    'Fewer numbers that hold most of the variance of all: directions in which the training rows differ most. Scale first.',
  accepts: ['numeric'],
  gives: 'same',
  parameters: [
    {
      name: 'keep',
      label: 'Keep',
      kind: 'choice',
      choices: ['share', 'count'],
      default: 'share',
      help: 'share: as many as hold this share of the variance; count: this many.',
    },
    {
      name: 'share',
      onlyWith: { name: 'keep', choice: 'share' },
      label: 'Share of variance',
      kind: 'number',
      min: 0.01,
      max: 0.9999,
      default: 0.95,
      help: 'Where a share is kept.',
    },
    {
      name: 'n_components',
      onlyWith: { name: 'keep', choice: 'count' },
      label: 'Components',
      kind: 'integer',
      min: 1,
      max: MOST_COLUMNS,
      default: 2,
      help: 'Where a number is kept; at most as many as the columns vary in directions.',
    },
    {
      name: 'whiten',
      label: 'Whiten',
      kind: 'boolean',
      default: false,
      help: 'Scales every component to deviation 1.',
    },
  ],

  fit(columns, parameters) {
    const numbers = numericColumns(columns);
    refuseColumns('pca', numbers, MOST_COLUMNS);
    const centre = numbers.map(({ values }) => (values.length === 0 ? 0 : mean(values)));
    const eigen = symmetricEigen(covariance(numbers, centre), numbers.length);
    const whiten = booleanOf(parameters, 'whiten');
    const kept = Math.min(countKept(eigen.values, parameters), countVarying(eigen.values));
    return {
      centre,
      components: eigen.vectors.slice(0, kept).map((vector, k) => {
        const variance = eigen.values[k] ?? 0;
        const divisor = whiten && variance > 0 ? Math.sqrt(variance) : 1;
        const sign = signOf(vector);
        return Array.from(vector, (weight) => (sign * weight) / divisor);
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

function countKept(variances: Eigen['values'], parameters: ParameterValues): number {
  if (choiceOf(parameters, 'keep') === 'count') return numberOf(parameters, 'n_components');
  const share = numberOf(parameters, 'share');
  let whole = 0;
  for (const variance of variances) whole += Math.max(0, variance);
  let sum = 0;
  for (const [k, variance] of variances.entries()) {
    sum += Math.max(0, variance);
    if (sum > share * whole || whole === 0) return k + 1;
  }
  return variances.length;
}

/** Components that are more than rounding; of columns that do not vary at all one, which is 0. */
function countVarying(variances: Eigen['values']): number {
  const least = NO_VARIANCE * (variances[0] ?? 0);
  return Math.max(Math.min(1, variances.length), variances.filter((one) => one > least).length);
}

/** The sign that makes the weight of largest size positive, as scikit-learn's `svd_flip` chooses it. */
function signOf(vector: Float64Array): number {
  let largest = 0;
  for (const weight of vector) if (Math.abs(weight) > Math.abs(largest)) largest = weight;
  return largest < 0 ? -1 : 1;
}
