import { steps } from '#core/features/registry.ts';
import type { Dataset, Table } from '#core/data/table.ts';
import { textCells } from '#core/data/text-cells.ts';
import type { Estimator } from '#core/models/estimator.ts';
import { estimators } from '#core/models/registry.ts';
import { RandomStream } from '#core/random.ts';
import { proposeSpec, proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import type { InputType, Spec, SpecStep, Task } from '#core/spec/spec.ts';
import { readText, writeCsv } from './csv.ts';
import { randomParameters } from './random-parameters.ts';

/** A table of odd columns, a spec of steps and models at any parameters, and rows that come later. */
export interface RandomRun {
  readonly dataset: Dataset;
  readonly spec: Spec;
  readonly later: Table;
}

type Cell = (random: RandomStream, row: number) => string;
const one = <T>(list: readonly [T, ...T[]], random: RandomStream): T =>
  list[random.integer(list.length)] ?? list[0];

const categories = [
  'Biscoe',
  'Dréam',
  '北京',
  'a, b',
  '😀',
  'ﬀ',
  'a',
  '__proto__',
  'SS',
  'ß',
] as const;
const words = ['penguin', 'ice', 'naïve', 'Fish', 'of', 'Σίσυφος', 'x1', '😀', '北京'] as const;
const kinds: Readonly<Partial<Record<InputType, readonly [Cell, ...Cell[]]>>> = {
  numeric: [
    (random) => random.normal().toFixed(4),
    (random) => String(random.integer(4)),
    (random) => (1 / (0.02 + random.uniform())).toFixed(5),
    (random) => (1e12 * random.normal()).toExponential(6),
    (random) => (1e-9 * random.normal()).toExponential(6),
    (random) => String(1_700_000_000_000 + random.integer(1e9)),
    (_, row) => (row === 5 ? '1e9' : String(row % 7)),
    (_, row) => (row % 2 === 0 ? '0' : '-0'),
    () => '7',
  ],
  categorical: [
    (random) => one(categories, random),
    (random) => `c${random.integer(40)}`,
    (_, row) => (row % 40 === 0 ? `rare ${row}` : 'usual'),
    () => 'only',
  ],
  datetime: [(random) => new Date(1e12 * random.uniform()).toISOString().slice(0, 19)],
  text: [(random) => Array.from({ length: random.integer(9) }, () => one(words, random)).join(' ')],
};

/** Of each type, what a later row may hold; the first is missing. */
const strange: Readonly<Partial<Record<InputType, readonly string[]>>> = {
  numeric: ['', '-1000', '1000', '0.5'],
  categorical: ['', 'never seen ☃', '🦩', 'ß'],
  datetime: ['', '1899-12-31', '9999-12-31T23:59:59', '2024-02-29'],
  text: ['', '☃', 'İ ẞ Σ', 'Fish Fish'],
};

const tasks = ['classification', 'regression', 'clustering', 'anomaly_detection'] as const;
const LATER = 20;

/** The same of the same seed. */
export async function randomRun(seed: number): Promise<RandomRun> {
  const random = new RandomStream(seed);
  const task = one(tasks, random);
  const rows = 60 + random.integer(90);
  const columns = drawColumns(random, rows + LATER);
  const { names, cells } = targetOf(task, columns, rows, random);
  const csv = writeCsv([
    [...columns.map(({ name }) => name), ...names],
    ...Array.from({ length: rows }, (_, row) => [
      ...columns.map((column) => column.cells[row] ?? ''),
      ...cells.map((list) => list[row] ?? ''),
    ]),
  ]);
  const dataset = await readText(csv);
  const [target] = names;
  const proposed =
    target === undefined
      ? proposeWithoutTarget(dataset.info, task, { seed })
      : proposeSpec(dataset.info, target, { seed, task });
  const later: Table = {
    names: columns.map(({ name }) => name),
    columns: columns.map(({ type, cells: all }) =>
      textCells([...(strange[type] ?? []), ...all.slice(rows)]),
    ),
    rowCount: LATER + 4,
  };
  const types = Object.fromEntries(columns.map(({ name, type }) => [name, { type }]));
  const spec: Spec = {
    ...proposed,
    columns: types as Spec['columns'],
    steps: chainOf(task, random).filter((step) =>
      columns.some(({ type }) => type === step.columns),
    ),
    candidates: candidatesOf(task, random),
    evaluation: { resamples: 100 },
  };
  return { dataset, spec, later };
}

interface Column {
  readonly name: string;
  readonly type: InputType;
  readonly cells: readonly string[];
}

function drawColumns(random: RandomStream, rows: number): readonly Column[] {
  const types: InputType[] = [
    ...Array.from({ length: 2 + random.integer(3) }, () => 'numeric' as const),
    ...Array.from({ length: random.integer(3) }, () => 'categorical' as const),
    ...(random.uniform() < 0.3 ? (['datetime'] as const) : []),
    ...(random.uniform() < 0.3 ? (['text'] as const) : []),
  ];
  const gaps = random.uniform() < 0.6 ? 0.1 : 0;
  return types.map((type, j) => {
    const cell = one(kinds[type] ?? [() => ''], random);
    const cells = Array.from({ length: rows }, (_, row) =>
      random.uniform() < gaps ? '' : cell(random, row),
    );
    return { name: `${type} ${j}`, type, cells };
  });
}

/** A target that the first columns say something of. */
function targetOf(task: Task, columns: readonly Column[], rows: number, random: RandomStream) {
  const hidden = Float64Array.from({ length: rows }, (_, row) => {
    const numbers = columns.map(({ cells }) => Math.tanh(Number(cells[row])) || 0);
    return numbers.reduce((sum, value) => sum + value, random.normal() / 3);
  });
  if (task === 'regression') {
    const unit = 10 ** (random.integer(9) - 3);
    return {
      names: ['target'],
      cells: [Array.from(hidden, (x) => (unit * (9 + x)).toPrecision(8))],
    };
  }
  if (task !== 'classification') return { names: [], cells: [] };
  const classes = 2 + random.integer(3);
  const sorted = hidden.toSorted();
  const label = (x: number): string =>
    ['é', 'B b', 'no.1', '9'][Math.floor((classes * sorted.indexOf(x)) / rows)] ?? '';
  return { names: ['target'], cells: [Array.from(hidden, label)] };
}

function chainOf(task: Task, random: RandomStream): SpecStep[] {
  const hasTarget = task === 'classification' || task === 'regression';
  const of = (columns: InputType, ...names: [string, ...string[]]): SpecStep => {
    const name = one(names, random);
    const parameters = steps.find((step) => step.name === name)?.parameters ?? [];
    const drawn = randomParameters(parameters, random, name);
    const isTold = name === 'select' && !hasTarget;
    return { step: name, columns, parameters: isTold ? { method: 'variance' } : drawn };
  };
  const encoders = ['one_hot', 'frequency', 'hashing', 'ordinal'] as const;
  const more = [
    'scale',
    'power',
    'quantile',
    'clip',
    'bins',
    'polynomial',
    'select',
    'pca',
  ] as const;
  return [
    of('numeric', 'impute'),
    ...Array.from({ length: random.integer(4) }, () => of('numeric', ...more)),
    of('categorical', 'impute'),
    hasTarget ? of('categorical', 'target_encode', ...encoders) : of('categorical', ...encoders),
    of('categorical', 'impute'),
    ...(random.uniform() < 0.4 ? [of('categorical', 'scale', 'clip', 'quantile')] : []),
    of('datetime', 'date_parts'),
    of('datetime', 'impute'),
    of('text', 'tfidf', 'text_hashing', 'tokens'),
  ];
}

/** A baseline and three others that train without a tensor engine. */
function candidatesOf(task: Task, random: RandomStream): Spec['candidates'] {
  const able = estimators.filter(
    ({ tasks: own, repeats, train }) =>
      own.includes(task) && repeats === undefined && train !== undefined,
  );
  const candidate = (estimator: Estimator) => ({
    name: estimator.name,
    model: estimator.name,
    parameters: randomParameters(estimator.parameters, random, estimator.name),
  });
  const baseline = able.find((estimator) => estimator.baseline);
  const others = random.shuffle(
    Int32Array.from(able.keys()).filter((i) => able[i]?.baseline !== true),
  );
  const chosen = [...others].slice(0, 3).flatMap((i) => able[i] ?? []);
  return [...(baseline ? [baseline] : []), ...chosen].map(candidate);
}
