import { booleanOf, choiceOf, numberOf, textOf } from '#core/spec/parameters.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';
import { byCodePoint } from '../categories/code-points.ts';
import type { FeatureColumn, NumericFeature, TextFeature } from '../column.ts';
import { presentValues } from '../column.ts';
import { markMeaning, type Meaning } from '../meaning.ts';
import { rowConstant, takeColumns } from '../row-constant.ts';
import type { FeatureStep, StepState } from '../step.ts';
import { mean, median, mostFrequent } from '../statistics.ts';

interface ImputeState extends StepState {
  /** What a missing value becomes, one per column. */
  readonly fill: readonly (number | string)[];
  /** Whether a filled code of a category is one of its codes still. */
  readonly keepsCodes: boolean;
  /** Columns, by index, that get another one that says where they were missing. */
  readonly indicated: readonly number[];
}

/** What a category becomes where no training row has one. */
const MISSING_CATEGORY = '(missing)';
/** What is said of a category that was missing, and of one that was there. */
const WAS_MISSING = 'yes';
const WAS_THERE = 'no';

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
      help: 'One more column for each one that has missing values in the training rows: 0 or 1 beside numbers, a category yes or no beside categories.',
    },
  ],

  fit(columns, parameters) {
    const indicates = booleanOf(parameters, 'add_indicator');
    return {
      fill: columns.map((column) =>
        column.kind === 'numeric' ? numericFill(column, parameters) : textFill(column, parameters),
      ),
      keepsCodes: choiceOf(parameters, 'strategy') === 'most_frequent',
      indicated: columns.flatMap((column, i) => (indicates && hasMissing(column) ? [i] : [])),
    };
  },

  transform: (columns, state) => [
    ...columns.map((column, i) => filled(column, state.fill[i], state.keepsCodes)),
    ...columns.filter((_, i) => state.indicated.includes(i)).map(indicator),
  ],

  meanings: (inputs, { indicated }) => [
    ...inputs,
    ...indicated.flatMap((i) => inputs[i] ?? []).map(indicatorMeaning),
  ],

  emit(graph, input, { fill, indicated }) {
    const texts = fill.filter((value) => typeof value === 'string');
    if (texts.length > 0) {
      const empty = graph.constant([''], [1]);
      const missing = graph.node('Equal', [input, empty]);
      const whole = graph.node('Where', [missing, graph.constant(texts, [1, texts.length]), input]);
      if (indicated.length === 0) return whole;
      const yes = graph.constant([WAS_MISSING], [1]);
      const no = graph.constant([WAS_THERE], [1]);
      const marks = graph.node('Where', [takeColumns(graph, missing, indicated), yes, no]);
      return graph.concat([whole, marks]);
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

function hasMissing(column: FeatureColumn): boolean {
  return column.kind === 'text'
    ? column.values.includes('')
    : column.values.some((value) => Number.isNaN(value));
}

/** What says where a column was missing, in the column's own kind, since the steps that follow take both. */
function indicator(column: FeatureColumn): FeatureColumn {
  const name = `${column.name} missing`;
  if (column.kind === 'text') {
    const values = column.values.map((value) => (value === '' ? WAS_MISSING : WAS_THERE));
    return { kind: 'text', name, values };
  }
  const values = column.values.map((value) => Number(Number.isNaN(value)));
  return { kind: 'numeric', name, values };
}

function indicatorMeaning({ kind, name }: Meaning): Meaning {
  const own = `${name} missing`;
  return kind === 'text'
    ? { kind, name: own }
    : markMeaning(own, `${name} is missing`, `${name} is there`);
}
