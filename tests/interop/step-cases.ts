import type { FeatureColumn } from '#core/features/column.ts';
import type { FitContext } from '#core/features/step.ts';
import { RandomStream } from '#core/random.ts';
import { stepNamed } from '#core/features/registry.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';

/** A step with its parameters, the rows that it is fitted on, and new rows. */
export interface StepCase {
  readonly name: string;
  readonly step: string;
  readonly parameters: ParameterValues;
  readonly train: readonly FeatureColumn[];
  readonly new: readonly FeatureColumn[];
  /** What the step may read beside its columns; for most of them nothing. */
  readonly context?: FitContext;
  /** What differences are measured against where a value is smaller: 1 for features that are centred. */
  readonly unit?: number;
}

const TRAIN_ROWS = 300;
const NEW_ROWS = 100;

type Draw<Value> = (random: RandomStream) => Value;

const numericDraws: Readonly<Record<string, Draw<number>>> = {
  plain: (random) => random.normal(),
  'far from 0': (random) => 1e9 + random.normal(),
  large: (random) => 1e12 * random.normal(),
  tiny: (random) => 1e-8 * random.normal(),
  integers: (random) => random.integer(9) - 4,
  'heavy tail': (random) => random.normal() / (random.uniform() + 1e-4),
  constant: () => 0.1,
  'constant, large': () => 123_456_789.123,
  'never there': () => NaN,
};

const categories = ['Biscoe', 'Dream', 'é', '北京', 'a b', 'a.b', '0', 'None', 'x'.repeat(300)];
const textDraws: Readonly<Record<string, Draw<string>>> = {
  usual: (random) => categories[random.integer(5)] ?? '',
  skewed: (random) =>
    categories[Math.floor(categories.length * random.uniform() * random.uniform())] ?? '',
  one: () => 'only',
};

function numericColumns(rows: number, random: RandomStream): FeatureColumn[] {
  return Object.entries(numericDraws).map(([name, draw]) => ({
    kind: 'numeric',
    name,
    values: Float64Array.from({ length: rows }, () =>
      random.uniform() < 0.1 ? NaN : draw(random),
    ),
  }));
}

/** @param extra share of cells that hold a category of their own kind: missing, or not seen before */
function textColumns(
  rows: number,
  random: RandomStream,
  extra: { readonly text: string; readonly share: number },
): FeatureColumn[] {
  return Object.entries(textDraws).map(([name, draw]) => ({
    kind: 'text',
    name,
    values: Array.from({ length: rows }, () =>
      random.uniform() < extra.share ? extra.text : draw(random),
    ),
  }));
}

const random = new RandomStream(2);
const numbers = {
  train: numericColumns(TRAIN_ROWS, random),
  new: numericColumns(NEW_ROWS, random),
};
const gaps = { text: '', share: 0.1 };
const texts = {
  train: textColumns(TRAIN_ROWS, random, gaps),
  new: textColumns(NEW_ROWS, random, gaps),
};
const strangers = {
  train: textColumns(TRAIN_ROWS, random, { text: '', share: 0 }),
  new: textColumns(NEW_ROWS, random, { text: 'not seen', share: 0.3 }),
};

const some = withoutEmpty(numbers);
const cases = (
  step: string,
  columns: typeof numbers,
  given: readonly ParameterValues[],
  more: Pick<StepCase, 'context' | 'unit'> = {},
): StepCase[] =>
  given.map((parameters) => ({
    name: `${step} ${columns.train[0]?.kind}, ${JSON.stringify(parameters)}`,
    step,
    parameters: resolveParameters(stepNamed(step).parameters, parameters, step),
    ...columns,
    ...more,
  }));

export const stepCases: readonly StepCase[] = [
  ...cases('impute', numbers, [
    { strategy: 'median' },
    { strategy: 'mean' },
    { strategy: 'most_frequent' },
    { strategy: 'constant' },
    { strategy: 'constant', fill_number: -7.5 },
    { strategy: 'mean', add_indicator: true },
  ]),
  ...cases('impute', texts, [
    { strategy: 'most_frequent' },
    { strategy: 'constant' },
    { strategy: 'constant', fill_text: 'none of them' },
  ]),
  ...cases(
    'scale',
    some,
    [
      { method: 'standard' },
      { method: 'min_max' },
      { method: 'max_abs' },
      { method: 'robust' },
      { method: 'robust', quantile_low: 5, quantile_high: 90 },
    ],
    { unit: 1 },
  ),
  ...cases('one_hot', strangers, [
    { max_categories: 50, min_frequency: 1 },
    { max_categories: 50, min_frequency: 20 },
    { max_categories: 3, min_frequency: 1 },
  ]),
];

/** scikit-learn's scalers warn and give NaN where a column has no value; our imputer comes first. */
function withoutEmpty(columns: typeof numbers): typeof numbers {
  const keep = (list: FeatureColumn[]) => list.filter(({ name }) => name !== 'never there');
  return { train: keep(columns.train), new: keep(columns.new) };
}
