import { inputError } from '#core/errors.ts';
import { choiceOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import { mapNumbers, numericColumns, presentValues } from '../column.ts';
import { scaledMeaning } from '../meaning.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { quantile } from '../statistics.ts';
import { emitScaled, standardScaling, type Scaling } from './scaling.ts';

interface ScaleState extends StepState {
  /** One per column; a column that is constant in the training rows is divided by 1. */
  readonly scalings: readonly Scaling[];
}

export const scale: FeatureStep<ScaleState> = {
  name: 'scale',
  title: 'Scale',
  summary: 'Brings numbers to a common scale: (x − centre) ÷ scale, both from the training rows.',
  accepts: ['numeric'],
  gives: 'same',
  parameters: [
    {
      name: 'method',
      label: 'Method',
      kind: 'choice',
      choices: ['standard', 'min_max', 'robust', 'max_abs'],
      default: 'standard',
      help: 'standard: mean 0 and deviation 1; min_max: between 0 and 1; robust: median 0, and 1 between two quantiles; max_abs: at most 1 from 0.',
    },
    {
      name: 'quantile_low',
      onlyWith: { name: 'method', choice: 'robust' },
      label: 'Lower quantile',
      kind: 'number',
      min: 0,
      max: 50,
      default: 25,
      help: 'Of the method robust, in percent.',
    },
    {
      name: 'quantile_high',
      onlyWith: { name: 'method', choice: 'robust' },
      label: 'Upper quantile',
      kind: 'number',
      min: 50,
      max: 100,
      default: 75,
      help: 'Of the method robust, in percent.',
    },
  ],

  fit(columns, parameters) {
    const scalingOf = scalings(parameters);
    return {
      scalings: numericColumns(columns).map((column) => {
        const present = presentValues(column);
        if (present.length === 0) return { centre: 0, scale: 1 };
        const { centre, scale: divisor } = scalingOf(present);
        return { centre, scale: divisor };
      }),
    };
  },

  transform: (columns, { scalings: fitted }) =>
    mapNumbers(columns, (value, j) => {
      const one = fitted[j];
      return one === undefined ? value : (value - one.centre) / one.scale;
    }),

  meanings: (inputs, { scalings: fitted }) =>
    inputs.map((meaning, j) => {
      const { centre, scale: divisor } = fitted[j] ?? { centre: 0, scale: 1 };
      return scaledMeaning(meaning, centre, divisor);
    }),

  emit: (graph, input, { scalings: fitted }) => emitScaled(graph, input, fitted),
};

/** How the present values of a column, at least one, are scaled. */
function scalings(parameters: ParameterValues): (values: Float64Array) => Scaling {
  switch (choiceOf(parameters, 'method')) {
    case 'min_max':
      return minMaxScaling;
    case 'max_abs':
      return maxAbsScaling;
    case 'robust':
      return robustScaling(
        numberOf(parameters, 'quantile_low'),
        numberOf(parameters, 'quantile_high'),
      );
    default:
      return standardScaling;
  }
}

function minMaxScaling(values: Float64Array): Scaling {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { centre: min, scale: max === min ? 1 : max - min };
}

function maxAbsScaling(values: Float64Array): Scaling {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return { centre: 0, scale: largest === 0 ? 1 : largest };
}

function robustScaling(low: number, high: number): (values: Float64Array) => Scaling {
  if (low === high) {
    throw inputError(
      'quantiles_equal',
      `The step scale has quantile_low and quantile_high at ${low}, and nothing lies between them.`,
      'Lower quantile_low or raise quantile_high.',
      { path: 'steps' },
    );
  }
  return (values) => {
    const sorted = values.slice().sort();
    const range = quantile(sorted, high / 100) - quantile(sorted, low / 100);
    return { centre: quantile(sorted, 0.5), scale: range === 0 ? 1 : range };
  };
}
