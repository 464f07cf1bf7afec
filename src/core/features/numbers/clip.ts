import { inputError } from '#core/errors.ts';
import { choiceOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import { mapNumbers, numericColumns, presentValues } from '../column.ts';
import { rowConstant } from '../row-constant.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { quantile } from '../statistics.ts';

interface ClipState extends StepState {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export const clip: FeatureStep<ClipState> = {
  name: 'clip',
  title: 'Clip outliers',
  summary: 'Numbers beyond two bounds, both from the training rows, become the bound.',
  accepts: ['numeric'],
  gives: 'same',
  parameters: [
    {
      name: 'method',
      label: 'Bounds',
      kind: 'choice',
      choices: ['quantiles', 'iqr'],
      default: 'quantiles',
      help: 'quantiles of the training rows; iqr: so many interquartile ranges beyond the quartiles.',
    },
    {
      name: 'quantile_low',
      onlyWith: { name: 'method', choice: 'quantiles' },
      label: 'Lower quantile',
      kind: 'number',
      min: 0,
      max: 100,
      default: 1,
      help: 'Of the method quantiles, in percent.',
    },
    {
      name: 'quantile_high',
      onlyWith: { name: 'method', choice: 'quantiles' },
      label: 'Upper quantile',
      kind: 'number',
      min: 0,
      max: 100,
      default: 99,
      help: 'Of the method quantiles, in percent.',
    },
    {
      name: 'fence',
      onlyWith: { name: 'method', choice: 'iqr' },
      label: 'Interquartile ranges',
      kind: 'number',
      min: 0,
      max: 1000,
      default: 1.5,
      help: 'Of the method iqr: how far beyond the quartiles the bounds are (Tukey’s fences have 1.5).',
    },
  ],

  fit(columns, parameters) {
    refuseCrossed(parameters);
    const bounds = numericColumns(columns).map((column) =>
      boundsOf(presentValues(column).sort(), parameters),
    );
    return { low: bounds.map(([low]) => low), high: bounds.map(([, high]) => high) };
  },

  transform: (columns, { low, high }) =>
    mapNumbers(columns, (value, j) => {
      const [least, most] = [low[j] ?? value, high[j] ?? value];
      return value < least ? least : value > most ? most : value;
    }),

  meanings: (inputs) => inputs,

  emit(graph, input, state) {
    const low = rowConstant(graph, state.low);
    const high = rowConstant(graph, state.high);
    const raised = graph.node('Where', [graph.node('Less', [input, low]), low, input]);
    return graph.node('Where', [graph.node('Greater', [raised, high]), high, raised]);
  },
};

/** A column without a value in the training rows is not clipped. */
function boundsOf(sorted: Float64Array, parameters: ParameterValues): readonly [number, number] {
  if (sorted.length === 0) return [-Number.MAX_VALUE, Number.MAX_VALUE];
  if (choiceOf(parameters, 'method') === 'quantiles') {
    return [
      quantile(sorted, numberOf(parameters, 'quantile_low') / 100),
      quantile(sorted, numberOf(parameters, 'quantile_high') / 100),
    ];
  }
  const [lower, upper] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  const reach = numberOf(parameters, 'fence') * (upper - lower);
  const most = Number.MAX_VALUE;
  return [Math.max(lower - reach, -most), Math.min(upper + reach, most)];
}

function refuseCrossed(parameters: ParameterValues): void {
  const [low, high] = [numberOf(parameters, 'quantile_low'), numberOf(parameters, 'quantile_high')];
  if (low <= high) return;
  throw inputError(
    'quantiles_crossed',
    `The step clip has quantile_low at ${low}, above quantile_high at ${high}.`,
    'Lower quantile_low or raise quantile_high.',
    { path: 'steps' },
  );
}
