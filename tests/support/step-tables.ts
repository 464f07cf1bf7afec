import type { FeatureColumn } from '#core/features/column.ts';
import type { FitContext } from '#core/features/step.ts';
import { RandomStream } from '#core/random.ts';
import type { InputType } from '#core/spec/spec.ts';

/** Rows that a step is fitted on, and others as they may come later. */
export interface StepTable {
  readonly name: string;
  readonly train: readonly FeatureColumn[];
  readonly new: readonly FeatureColumn[];
}

const ROWS = 48;
const random = new RandomStream(11);
const draw = <Value>(value: (row: number) => Value): Value[] =>
  Array.from({ length: ROWS }, (_, row) => value(row));

const odd = [NaN, 0, -0, 1, -1, 0.5, 1e-300, 1e-12, -1e-12, 1e6, -1e6, 1e15, -1e15, 3, 1e9];
const numbers: Readonly<Record<string, readonly number[]>> = {
  plain: draw(() => random.normal()),
  tiny: draw(() => 1e-20 * random.normal()),
  large: draw(() => 1e12 * random.normal()),
  'far from 0': draw(() => 1e9 + random.normal()),
  'few values': draw(() => random.integer(5) - 2),
  'mostly one value': draw((row) => (row % 12 === 0 ? row : 7)),
  constant: draw(() => 0.1),
  'zeros of both signs': draw((row) => (row % 2 === 0 ? -0 : 0)),
  'with gaps': draw((row) => (row % 3 === 0 ? NaN : random.normal())),
  'one value': draw((row) => (row === 5 ? 2 : NaN)),
  'no value': draw(() => NaN),
};

const islands = ['Biscoe', 'Dream', 'é', '北京', 'a b', 'x'.repeat(300), '0'];
const strange = ['', 'Biscoe', 'never seen', ' ', '☃☃', 'y'.repeat(5000), 'a\tb', '0', 'NaN'];
const categories: Readonly<Record<string, readonly string[]>> = {
  plain: draw((row) => islands[(row * row) % 5] ?? ''),
  rare: draw((row) => (row < 40 ? 'usual' : (islands[row % 7] ?? ''))),
  'with gaps': draw((row) => (row % 3 === 0 ? '' : (islands[row % 4] ?? ''))),
  'one value': draw(() => 'only'),
  'no value': draw(() => ''),
};

const days = draw((row) => `20${10 + (row % 20)}-0${1 + (row % 9)}-${10 + (row % 18)}`);
const dates: Readonly<Record<string, readonly string[]>> = {
  plain: days,
  'with times': days.map((day, row) => `${day}T0${row % 9}:30:00`),
  'with gaps': days.map((day, row) => (row % 3 === 0 ? '' : day)),
  'one value': draw(() => '2024-02-29'),
  'no value': draw(() => ''),
};
const oddDates = [
  '',
  '2024-02-29',
  '0001-01-01',
  '9999-12-31',
  '2024-02-29T23:59:59',
  '1970-01-01',
];

const sentences: Readonly<Record<string, readonly string[]>> = {
  plain: draw((row) => `a ${islands[row % 5]} and ${islands[(row * 3) % 4]}, twice a day`),
  'with gaps': draw((row) => (row % 3 === 0 ? '' : `Penguin no. ${row % 7} of ÉTÉ`)),
  'one value': draw(() => 'the same words'),
  'no value': draw(() => ''),
};

const number = (name: string, values: readonly number[]): FeatureColumn => ({
  kind: 'numeric',
  name,
  values: Float64Array.from(values),
});
const numeric = tables(numbers, odd, number);
const text = (name: string, values: readonly string[]): FeatureColumn => ({
  kind: 'text',
  name,
  values,
});
const ordered: FeatureColumn = {
  ...text(
    'size',
    draw((row) => 'SML'[row % 3] ?? ''),
  ),
  ...order(),
};

/** For each type of input: every odd column by itself, all of them together, and the plain one, which any step can take. */
export const stepTables: Readonly<Record<InputType, readonly StepTable[]>> = {
  numeric,
  categorical: [
    ...tables(categories, strange, text),
    {
      name: 'ordered',
      train: [ordered],
      new: [{ ...text('size', [...strange.slice(1), 'M']), ...order() }],
    },
  ],
  datetime: tables(dates, oddDates, text),
  text: tables(sentences, [...strange, 'a Biscoe and 北京', 'penguin NO. 3'], text),
  // Behind their preprocessing, images are numbers from 0 to 1.
  image: tables(
    { plain: draw((row) => Math.fround(row / 255)), black: draw(() => 0) },
    [0, 1],
    number,
  ),
};

function order(): { readonly order: readonly string[] } {
  return { order: ['S', 'M', 'L', 'XL'] };
}

function tables<Value>(
  columns: Readonly<Record<string, readonly Value[]>>,
  later: readonly Value[],
  column: (name: string, values: readonly Value[]) => FeatureColumn,
): readonly StepTable[] {
  const pairs = Object.entries(columns).map(([name, values], j) => ({
    name,
    train: column(name, values),
    // Each column has the odd values at rows of its own.
    new: column(name, [...later.slice(j), ...later.slice(0, j)]),
  }));
  const single = pairs.map((pair) => ({ name: pair.name, train: [pair.train], new: [pair.new] }));
  const usual = pairs.slice(0, 1);
  const all = {
    name: 'all together',
    train: pairs.map((pair) => pair.train),
    new: pairs.map((pair) => pair.new),
  };
  return usual.length === pairs.length ? single : [...single, all];
}

/** What a step may learn from: values, two classes, three classes, each with something of the rows in it. */
export const fitContexts: readonly FitContext[] = [
  { task: 'regression', outputs: 1, target: Float64Array.from(draw((row) => row / 7 - 3)) },
  {
    task: 'classification',
    outputs: 2,
    target: Float64Array.from(draw((row) => Number(row % 3 === 0))),
  },
  { task: 'classification', outputs: 3, target: Float64Array.from(draw((row) => (row * row) % 3)) },
].map((one) => ({ ...one, random: new RandomStream(3) }) as FitContext);
