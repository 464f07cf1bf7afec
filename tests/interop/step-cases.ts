import type { FeatureColumn } from '#core/features/column.ts';
import { dealFolds } from '#core/features/categories/target-encode.ts';
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
  /** Each training row's fold, where the training rows' own features are the question. */
  readonly folds?: readonly number[];
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

const some = without(numbers, ['never there']);
/**
 * Of numbers far from 0 that differ little no power is likelier than another by more than rounding; and scikit-learn
 * seeks a power for a constant whose mean is not that constant by rounding.
 */
const gentle = without(some, ['far from 0', 'constant, large', 'constant']);
/** Columns of one scale that depend on each other, and one that is the sum of two others. */
const alike = { train: relatedColumns(TRAIN_ROWS), new: relatedColumns(NEW_ROWS) };
/** scikit-learn's bins take no missing values, and no widths below 1e-8. */
const whole = filled(without(some, ['tiny']));
/**
 * scikit-learn multiplies distances out, which loses the digits of numbers far from 0; and where clusters run out of
 * rows, the order of its centres decides where they go.
 */
const clustered = without(whole, ['far from 0', 'constant', 'constant, large']);
/** The first so many columns. */
const firstOf = ({ train, new: rows }: typeof numbers, count: number): typeof numbers => ({
  train: train.slice(0, count),
  new: rows.slice(0, count),
});
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

const draws = Float64Array.from({ length: TRAIN_ROWS }, () => random.uniform());
/** What a target encoder learns from; it depends a little on the column `usual`. */
const contexts: readonly FitContext[] = [1, 2, 3].map((outputs) => {
  const column = texts.train[0];
  const target = draws.map((share, row) => {
    const value = share + 0.1 * categories.indexOf(String(column?.values[row]));
    return outputs === 1 ? 1e6 * value : Math.floor(Math.abs(outputs * value)) % outputs;
  });
  const task = outputs === 1 ? 'regression' : 'classification';
  return { task, target, outputs, random: new RandomStream(5) };
});

const ordered = {
  train: texts.train.map((one) => ({ ...one, order: ['only', ...categories].reverse() })),
  new: texts.new,
};

/** Characters beyond U+FFFF and the last ones below it, which UTF-16 has the other way round; all equally frequent. */
const planes = ['\uFB00', '😀', '\uE000', '𝔘', '\uFFFD', 'z😀', 'z\uFFFD'];
const beyond = {
  train: [{ kind: 'text' as const, name: 'planes', values: [...planes, ...planes, '', ''] }],
  new: [{ kind: 'text' as const, name: 'planes', values: ['', 'z', ...planes] }],
};

/** Cases of the training rows' own features: encoded by folds that leave them out. */
export const trainingCases: readonly StepCase[] = contexts.flatMap((context) =>
  cases('target_encode', { ...texts, new: texts.train }, [{ smoothing: 'auto' }], { context }).map(
    (one) => ({
      ...one,
      name: `${one.name}, ${context.outputs} outputs, by folds`,
      folds: [...dealFolds(context, 5)],
    }),
  ),
);

/** Cases of new rows, which a graph can be asked too. */
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
    { strategy: 'most_frequent', add_indicator: true },
    { strategy: 'constant', add_indicator: true },
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
  ...cases('power', gentle, [{ standardize: true }, { standardize: false }], { unit: 1 }),
  ...cases('quantile', some, [{ n_quantiles: 1000 }, { n_quantiles: 17 }, { n_quantiles: 2 }]),
  ...cases(
    'quantile',
    without(some, ['tiny']), // there scikit-learn takes whatever is within 1e-7 of the least value for it
    [{ output: 'normal' }, { output: 'normal', n_quantiles: 17 }],
    { unit: 1 },
  ),
  ...cases('clip', some, [
    { method: 'quantiles' },
    { method: 'quantiles', quantile_low: 0, quantile_high: 60 },
    { method: 'iqr' },
    { method: 'iqr', fence: 0 },
  ]),
  ...cases('bins', whole, [
    { strategy: 'quantile', encode: 'one_hot' },
    { strategy: 'quantile', encode: 'ordinal', n_bins: 64 },
    { strategy: 'uniform', encode: 'one_hot' },
    { strategy: 'uniform', encode: 'ordinal', n_bins: 10 },
  ]),
  ...cases('bins', clustered, [
    { strategy: 'kmeans', encode: 'one_hot' },
    { strategy: 'kmeans', encode: 'ordinal', n_bins: 3 },
  ]),
  ...cases('bins', without(clustered, ['heavy tail', 'integers']), [
    { strategy: 'kmeans', encode: 'ordinal', n_bins: 12 },
  ]),
  ...cases('polynomial', whole, [
    { degree: 2 },
    { degree: 3 },
    { degree: 3, interaction_only: true },
  ]),
  ...cases(
    'pca',
    whole,
    [
      { keep: 'count', n_components: 3 },
      { keep: 'share', share: 0.9999 },
    ],
    { unit: 1 },
  ),
  ...cases(
    'pca',
    alike,
    [
      { keep: 'share', share: 0.8 },
      { keep: 'count', n_components: 4, whiten: true },
      { keep: 'count', n_components: 2 },
    ],
    { unit: 1 },
  ),
  ...cases('sequence', alike, [{ channels: 1 }, { channels: alike.train.length }], { unit: 1 }),
  ...cases('sequence', firstOf(some, 6), [{ channels: 2 }, { channels: 3 }], { unit: 1 }),
  ...cases('select', gentle, [
    { method: 'variance', threshold: 0 },
    { method: 'variance', threshold: 1 },
  ]),
  ...contexts.flatMap((context) =>
    [1, 3].flatMap((k) =>
      cases('select', some, [{ method: 'mutual_information', k }], { context }).map((one) => ({
        ...one,
        name: `${one.name}, ${context.outputs} outputs`,
      })),
    ),
  ),
  ...contexts.flatMap((context) =>
    [0.001, 0.02, 0.1]
      .flatMap((alpha) => cases('select', related(context), [{ method: 'l1', alpha }], { context }))
      .map((one) => ({ ...one, name: `${one.name}, ${context.outputs} outputs` })),
  ),
  ...cases('one_hot', strangers, [
    { max_categories: 50, min_frequency: 1 },
    { max_categories: 50, min_frequency: 20 },
    { max_categories: 3, min_frequency: 1 },
    { rare: 'group', min_frequency: 20 },
    { rare: 'group', max_categories: 3 },
    { rare: 'group', max_categories: 1 },
    { rare: 'group', max_categories: 5, min_frequency: 30, unseen: 'as_rare' },
    { rare: 'group', unseen: 'as_rare' },
  ]),
  ...cases('impute', beyond, [{ strategy: 'most_frequent' }]),
  ...cases('ordinal', beyond, [{ other: 'minus_one' }]),
  ...cases('one_hot', beyond, [{}, { rare: 'group', max_categories: 4 }]),
  ...cases('ordinal', texts, [{ other: 'missing' }, { other: 'minus_one' }]),
  ...cases('ordinal', strangers, [{ other: 'missing' }, { other: 'minus_one' }]),
  ...cases('ordinal', ordered, [{ other: 'minus_one' }]).map((one) => ({
    ...one,
    name: `${one.name}, ordered`,
  })),
  ...[texts, strangers].flatMap((columns) => cases('frequency', columns, [{}])),
  ...[texts, strangers].flatMap((columns) =>
    cases('hashing', columns, [{}, { n_features: 5, alternate_sign: false }]),
  ),
  ...contexts.flatMap((context) =>
    [{ smoothing: 'auto' }, { smoothing: 'fixed', smooth: 10 }, { smoothing: 'fixed', smooth: 0 }]
      .flatMap((given) => cases('target_encode', strangers, [given], { context }))
      .map((one) => ({ ...one, name: `${one.name}, ${context.outputs} outputs` })),
  ),
];

/** scikit-learn's scalers warn and give NaN where a column has no value; our imputer comes first. */
function without(columns: typeof numbers, names: readonly string[]): typeof numbers {
  const keep = (list: FeatureColumn[]) => list.filter(({ name }) => !names.includes(name));
  return { train: keep(columns.train), new: keep(columns.new) };
}

/** Columns of many scales, some of which say something of the target and of each other. */
function related({ target }: FitContext): typeof numbers {
  const train = filled(without(some, ['tiny', 'constant', 'constant, large'])).train;
  const [least, most] = [Math.min(...target), Math.max(...target)];
  const told = [0.2, 1, 5].map((noise): FeatureColumn => ({
    kind: 'numeric',
    name: `told, noise ${noise}`,
    values: target.map(
      (value) => 1e3 * ((value - least) / (most - least) + noise * random.normal()),
    ),
  }));
  const columns = [...train, ...told, ...alike.train];
  return { train: columns, new: columns };
}

function relatedColumns(rows: number): FeatureColumn[] {
  const sources = Array.from({ length: 4 }, () =>
    Float64Array.from({ length: rows }, () => 3 + random.normal()),
  );
  const mix = (weights: readonly number[]) =>
    Float64Array.from({ length: rows }, (_, i) =>
      weights.reduce((sum, weight, k) => sum + weight * (sources[k]?.[i] ?? 0), 0),
    );
  return [
    mix([1, 0, 0, 0]),
    mix([0.5, 1, 0, 0]),
    mix([1.5, 1, 0, 0]),
    mix([0, 0, 2, 0.1]),
    mix([0.3, 0, 0, 1]),
  ].map((values, j) => ({ kind: 'numeric', name: `mix ${j}`, values }));
}

function filled(columns: typeof numbers): typeof numbers {
  const fill = (list: FeatureColumn[]) =>
    list.map((column) =>
      column.kind === 'text'
        ? column
        : { ...column, values: column.values.map((value) => (Number.isNaN(value) ? 0.5 : value)) },
    );
  return { train: fill(columns.train), new: fill(columns.new) };
}
