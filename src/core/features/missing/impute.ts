import { choiceOf } from '#core/spec/parameters.ts';
import type { FeatureColumn, NumericFeature, TextFeature } from '../column.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { mean, median, mostFrequent } from '../statistics.ts';

interface ImputeState extends StepState {
  /** What a missing value becomes, one per column. */
  readonly fill: readonly (number | string)[];
}

/** Text that stands for a missing category under the strategy `constant`. */
const MISSING_CATEGORY = '(missing)';

export const impute: FeatureStep<ImputeState> = {
  name: 'impute',
  title: 'Fill missing values',
  summary: 'Replaces missing values by a statistic of the training rows, or by a constant.',
  accepts: ['numeric', 'categorical'],
  gives: 'same',
  parameters: [
    {
      name: 'strategy',
      label: 'Strategy',
      kind: 'choice',
      choices: ['median', 'mean', 'most_frequent', 'constant'],
      default: 'median',
      help: 'median and mean are for numbers; constant is 0 for numbers and "(missing)" for categories.',
    },
  ],

  fit(columns, parameters) {
    const strategy = choiceOf(parameters, 'strategy');
    return {
      fill: columns.map((column) =>
        column.kind === 'numeric' ? numericFill(column, strategy) : textFill(column, strategy),
      ),
    };
  },

  transform: (columns, state) => columns.map((column, i) => filled(column, state.fill[i])),

  emit(graph, input, state) {
    const { fill } = state;
    const texts = fill.filter((value) => typeof value === 'string');
    if (texts.length > 0) {
      const empty = graph.constant([''], [1]);
      const missing = graph.node('Equal', [input, empty]);
      return graph.node('Where', [missing, graph.constant(texts, [1, texts.length]), input]);
    }
    const numbers = Float64Array.from(fill, Number);
    const missing = graph.node('IsNaN', [input]);
    return graph.node('Where', [missing, graph.constant(numbers, [1, numbers.length]), input]);
  },
};

/** A column with no value in the training rows is filled with 0. */
function numericFill(column: NumericFeature, strategy: string): number {
  const present = column.values.filter((value) => !Number.isNaN(value));
  if (present.length === 0 || strategy === 'constant') return 0;
  if (strategy === 'mean') return mean(present);
  if (strategy === 'median') return median(present);
  return mostFrequent(present) ?? 0;
}

function textFill(column: TextFeature, strategy: string): string {
  if (strategy === 'constant') return MISSING_CATEGORY;
  return mostFrequent(column.values.filter((value) => value !== '')) ?? MISSING_CATEGORY;
}

function filled(column: FeatureColumn, fill: number | string | undefined): FeatureColumn {
  if (column.kind === 'text') {
    const text = String(fill);
    return { ...column, values: column.values.map((value) => (value === '' ? text : value)) };
  }
  const number = Number(fill);
  return {
    ...column,
    values: column.values.map((value) => (Number.isNaN(value) ? number : value)),
  };
}
