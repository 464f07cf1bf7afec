import { choiceOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import { numericColumns, presentValues, type NumericFeature } from '../column.ts';
import { binEdges } from '../numbers/bin-edges.ts';
import { standardScaling } from '../numbers/scaling.ts';
import { placeOf } from '../numbers/search.ts';
import { takeColumns } from '../row-constant.ts';
import { mean, standardDeviation } from '../statistics.ts';
import type { FeatureStep, FitContext, StepState } from '../step.ts';
import { l1Coefficients } from './l1-coefficients.ts';
import { mutualInformation } from './mutual-information.ts';
import { refuseColumns } from './refuse-columns.ts';

interface SelectState extends StepState {
  /** Columns that stay, by index, in their order. */
  readonly kept: readonly number[];
}

/** Bins of equally many rows, for the mutual information of numbers. */
const BINS = 10;
/** Columns that a linear model is fitted to: their products are kept for each two of them. */
const MOST_COLUMNS = 1000;
/** A coefficient of this size or less counts as none, as in scikit-learn's SelectFromModel. */
const NO_COEFFICIENT = 1e-5;

export const select: FeatureStep<SelectState> = {
  name: 'select',
  title: 'Select features',
  summary: 'Keeps the numbers that vary, or those that say most about the target; the others go.',
  accepts: ['numeric'],
  gives: 'same',
  parameters: [
    {
      name: 'method',
      label: 'Method',
      kind: 'choice',
      choices: ['variance', 'mutual_information', 'l1'],
      default: 'variance',
      help: 'variance above a threshold; the most mutual information with the target, numbers cut into 10 bins of equally many rows; or l1: what a linear model with an L1 penalty uses.',
    },
    {
      name: 'threshold',
      onlyWith: { name: 'method', choice: 'variance' },
      label: 'Variance above',
      kind: 'number',
      min: 0,
      max: 1e15,
      default: 0,
      help: 'Of the method variance, in the column’s unit squared.',
    },
    {
      name: 'k',
      onlyWith: { name: 'method', choice: 'mutual_information' },
      label: 'Features kept',
      kind: 'integer',
      min: 1,
      max: 10_000,
      default: 20,
      help: 'Of the method mutual_information.',
    },
    {
      name: 'alpha',
      onlyWith: { name: 'method', choice: 'l1' },
      label: 'Penalty α',
      kind: 'number',
      min: 1e-5,
      max: 10,
      default: 0.01,
      help: 'Of the method l1: the weight of absolute coefficients beside the mean loss, for columns and values in units of their own deviation; larger ones keep fewer.',
    },
  ],

  readsTarget: (parameters) => choiceOf(parameters, 'method') !== 'variance',

  fit(columns, parameters, training) {
    const numbers = numericColumns(columns);
    const method = choiceOf(parameters, 'method');
    if (method === 'variance') return { kept: varying(numbers, numberOf(parameters, 'threshold')) };
    if (method === 'l1') return { kept: used(numbers, numberOf(parameters, 'alpha'), training) };
    return { kept: telling(numbers, parameters, training) };
  },

  transform: (columns, { kept }) => kept.flatMap((j) => columns[j] ?? []),

  meanings: (inputs, { kept }) => kept.flatMap((j) => inputs[j] ?? []),

  emit: (graph, input, { kept }) => takeColumns(graph, input, kept),
};

function varying(columns: readonly NumericFeature[], threshold: number): number[] {
  return columns.flatMap((column, j) => {
    const present = presentValues(column);
    const first = present[0] ?? NaN;
    if (!present.some((value) => value !== first)) return [];
    const deviation = standardDeviation(present, mean(present));
    return deviation * deviation > threshold ? [j] : [];
  });
}

/** Of columns that say as much the first ones. */
function telling(
  columns: readonly NumericFeature[],
  parameters: ParameterValues,
  { task, target }: FitContext,
): number[] {
  const answers = task === 'classification' ? Int32Array.from(target) : binned(target);
  const scores = columns.map(({ values }) => mutualInformation(binned(values), answers));
  return Array.from(scores.keys())
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
    .slice(0, numberOf(parameters, 'k'))
    .sort((a, b) => a - b);
}

/** As SelectFromModel over Lasso(alpha), or LogisticRegression with l1_ratio 1 and C of 1 ÷ (alpha · rows). */
function used(columns: readonly NumericFeature[], alpha: number, training: FitContext): number[] {
  refuseColumns('select', columns, MOST_COLUMNS);
  const scaled = columns.map(({ values }) => {
    if (values.length === 0) return values;
    const { centre, scale, isConstant } = standardScaling(values);
    return values.map((value) => (isConstant ? 0 : (value - centre) / scale));
  });
  const scores = l1Coefficients(scaled, training, alpha);
  const sizeOf = (j: number) => scores.reduce((sum, own) => sum + Math.abs(own[j] ?? 0), 0);
  return Array.from(columns.keys()).filter((j) => sizeOf(j) > NO_COEFFICIENT);
}

/** Bin of each value, and a bin of its own for missing ones. */
function binned(values: Float64Array): Int32Array {
  const present = values.filter((value) => !Number.isNaN(value)).sort();
  const bounds = binEdges(present, BINS, 'quantile');
  return Int32Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1 + placeOf(value, bounds)));
}
