import { booleanOf, choiceOf, numberOf, textOf } from '#core/spec/parameters.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';
import { byCodePoint } from '../categories/code-points.ts';
import type { FeatureColumn, NumericFeature, TextFeature } from '../column.ts';
import { numericColumns, presentValues } from '../column.ts';
import { markMeaning } from '../meaning.ts';
import { rowConstant, takeColumns } from '../row-constant.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { mean, median, mostFrequent } from '../statistics.ts';

interface ImputeState extends StepState {
  /** What a missing value becomes, one per column. */
  readonly fill: readonly (number | string)[];
  /** Whether a filled code of a category is one of its codes still. */
  readonly keepsCodes: boolean;
  /** Columns, by index, that get a feature of their own that says where they were missing. */
  readonly indicated: readonly number[];
}

/** What a category becomes where no training row has one. */
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
      help: 'median and mean are for numbers; categories then take the most frequent one.',
    },
    {
      name: 'fill_number',
      onlyWith: { name: 'strategy', choice: 'constant' },
      label: 'Constant for numbers',
      kind: 'number',
      min: -1e15,
      max: 1e15,
      default: 0,
      help: 'What a missing number becomes under the strategy constant.',
    },
    {
      name: 'fill_text',
      onlyWith: { name: 'strategy', choice: 'constant' },
      label: 'Constant for categories',
      kind: 'text',
      maxLength: 200,
      default: MISSING_CATEGORY,
      help: 'What a missing category becomes under the strategy constant.',
    },
    {
      name: 'add_indicator',
      label: 'Say where it was missing',
      kind: 'boolean',
      default: false,
      help: 'One more 0/1 feature for each number column that has missing values in the training rows.',
    },
  ],

  fit(columns, parameters) {
    const indicates = booleanOf(parameters, 'add_indicator');
    return {
      fill: columns.map((column) =>
        column.kind === 'numeric' ? numericFill(column, parameters) : textFill(column, parameters),
      ),
      keepsCodes: choiceOf(parameters, 'strategy') === 'most_frequent',
      indicated: numericColumns(columns).flatMap(({ values }, i) =>
        indicates && values.some((value) => Number.isNaN(value)) ? [i] : [],
      ),
    };
  },

  transform: (columns, state) => [
    ...columns.map((column, i) => filled(column, state.fill[i], state.keepsCodes)),
    ...numericColumns(columns)
      .filter((_, i) => state.indicated.includes(i))
      .map(indicator),
  ],

  meanings: (inputs, { indicated }) => [
    ...inputs,
    ...indicated
      .flatMap((i) => inputs[i] ?? [])
      .map(({ name }) => markMeaning(`${name} missing`, `${name} is missing`, `${name} is there`)),
  ],

  emit(graph, input, { fill, indicated }) {
    const texts = fill.filter((value) => typeof value === 'string');
    if (texts.length > 0) {
      const empty = graph.constant([''], [1]);
      const missing = graph.node('Equal', [input, empty]);
      return graph.node('Where', [missing, graph.constant(texts, [1, texts.length]), input]);
    }
    const missing = graph.node('IsNaN', [input]);
    const whole = graph.node('Where', [missing, rowConstant(graph, fill.map(Number)), input]);
    if (indicated.length === 0) return whole;
    const marks = takeColumns(graph, missing, indicated);
    return graph.concat([whole, graph.cast(marks, 'float64')]);
  },
};

/** A column with no value in the training rows is filled with 0. */
function numericFill(column: NumericFeature, parameters: ParameterValues): number {
  const strategy = choiceOf(parameters, 'strategy');
  if (strategy === 'constant') return numberOf(parameters, 'fill_number');
  const present = presentValues(column);
  if (present.length === 0) return 0;
  if (strategy === 'mean') return mean(present);
  if (strategy === 'median') return median(present);
  return mostFrequent(present, (a, b) => a - b) ?? 0;
}

function textFill(column: TextFeature, parameters: ParameterValues): string {
  if (choiceOf(parameters, 'strategy') === 'constant') return textOf(parameters, 'fill_text');
  const present = column.values.filter((value) => value !== '');
  return mostFrequent(present, byCodePoint) ?? MISSING_CATEGORY;
}

function filled(
  column: FeatureColumn,
  fill: number | string | undefined,
  keepsCodes: boolean,
): FeatureColumn {
  if (column.kind === 'text') {
    const text = String(fill);
    return { ...column, values: column.values.map((value) => (value === '' ? text : value)) };
  }
  const { kind, name, categories = 0 } = column;
  const number = Number(fill);
  return {
    kind,
    name,
    values: column.values.map((value) => (Number.isNaN(value) ? number : value)),
    ...(keepsCodes && categories > 0 && { categories }),
  };
}

function indicator({ name, values }: NumericFeature): NumericFeature {
  return {
    kind: 'numeric',
    name: `${name} missing`,
    values: values.map((value) => Number(Number.isNaN(value))),
  };
}
