import {
  choiceOf,
  numberOf,
  type ParameterSpec,
  type ParameterValues,
} from '#core/spec/parameters.ts';
import type { Eigen } from './symmetric-eigen.ts';

/** Columns whose covariances with each other are taken: their number grows with the square, its axes with the cube. */
export const MOST_COLUMNS = 500;
/** A share of the largest variance that is only rounding: such a component is none. */
const NO_VARIANCE = 1e-12;

/** How many components are kept. @param keep by what, where nothing is said */
export function keptParameters(keep: 'share' | 'count'): readonly ParameterSpec[] {
  return [
    {
      name: 'keep',
      label: 'Keep',
      kind: 'choice',
      choices: ['share', 'count'],
      default: keep,
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
  ];
}

export const whiten: ParameterSpec = {
  name: 'whiten',
  label: 'Whiten',
  kind: 'boolean',
  default: false,
  help: 'Scales every component to deviation 1.',
};

/** Directions in which rows differ most, and how much. */
export interface PrincipalAxes {
  /** Of all components, largest first; the divisor is n − 1. */
  readonly variances: Float64Array;
  /** Of those that are kept, unit vectors: the weight of largest size is positive, as scikit-learn's `svd_flip` has it. */
  readonly axes: readonly Float64Array[];
}

/** The axes of a covariance matrix that parameters keep, and no more than vary. */
export function principalAxes(
  { values, vectors }: Eigen,
  parameters: ParameterValues,
): PrincipalAxes {
  const variances = values.map((variance) => Math.max(0, variance));
  const kept = Math.min(countKept(variances, parameters), countVarying(variances));
  return { variances, axes: vectors.slice(0, kept).map(signed) };
}

function countKept(variances: Float64Array, parameters: ParameterValues): number {
  if (choiceOf(parameters, 'keep') === 'count') return numberOf(parameters, 'n_components');
  const share = numberOf(parameters, 'share');
  const whole = variances.reduce((sum, variance) => sum + variance, 0);
  let sum = 0;
  for (const [k, variance] of variances.entries()) {
    sum += variance;
    if (sum > share * whole || whole === 0) return k + 1;
  }
  return variances.length;
}

/** Components that are more than rounding; of columns that do not vary at all one, which is 0. */
function countVarying(variances: Float64Array): number {
  const least = NO_VARIANCE * (variances[0] ?? 0);
  return Math.max(Math.min(1, variances.length), variances.filter((one) => one > least).length);
}

function signed(vector: Float64Array): Float64Array {
  let largest = 0;
  for (const weight of vector) if (Math.abs(weight) > Math.abs(largest)) largest = weight;
  return vector.map((weight) => (largest < 0 ? -weight : weight));
}
