import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset, Table } from '#core/data/table.ts';
import { textCells } from '#core/data/text-cells.ts';
import { steps } from '#core/features/registry.ts';
import type { FeatureStep } from '#core/features/step.ts';
import type { Estimator } from '#core/models/estimator.ts';
import { estimators } from '#core/models/registry.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { proposeSpec, proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import { inputTypes, tasks, type InputType, type Spec, type Task } from '#core/spec/spec.ts';
import { hasTarget } from '#core/spec/tasks.ts';
import { readText } from '../support/csv.ts';
import { noise, runSpec, tableOf } from '../support/experiment.ts';
import { ExportedFiles } from './exported-files.ts';

/** Every step before every model that takes it, as one ONNX file over raw rows, in three runtimes. */

type Cell = (row: number) => string;
const often = (row: number, salt: number, cell: string): string =>
  noise(row, salt) < 0.1 ? '' : cell;
const pick = (row: number, salt: number, words: readonly string[]): string =>
  words[Math.floor(noise(row, salt) * words.length)] ?? '';
const islands = ['Biscoe', 'Dréam', '北京', 'a, b'];
const words = ['penguin', 'ice', 'naïve', 'Fish', 'sea', 'of', 'Σίσυφος', 'x1'];

const columns: Readonly<Partial<Record<InputType, Readonly<Record<string, Cell>>>>> = {
  numeric: {
    size: (row) => often(row, 1, (20 * noise(row, 2) - 5).toFixed(3)),
    skewed: (row) => (1 / (0.02 + noise(row, 3))).toFixed(5),
    count: (row) => String(Math.floor(8 * noise(row, 4))),
  },
  categorical: {
    island: (row) => often(row, 5, pick(row, 6, islands)),
    code: (row) => `c${Math.floor(12 * noise(row, 7))}`,
  },
  datetime: {
    day: (row) => often(row, 8, new Date(1e12 * noise(row, 9)).toISOString().slice(0, 19)),
  },
  text: {
    note: (row) =>
      Array.from({ length: 1 + Math.floor(9 * noise(row, 10)) }, (_, i) =>
        pick(row * 31 + i, 11, words),
      ).join(' '),
  },
};
const inputs = Object.assign({}, ...Object.values(columns)) as Readonly<Record<string, Cell>>;
const signal = (row: number): number => noise(row, 2) + noise(row, 4) / 2 + noise(row, 6) / 2;
const targets: Partial<Record<Task, { readonly name: string; readonly cell: Cell }>> = {
  classification: { name: 'kind', cell: (row) => 'abc'[Math.floor(1.49 * signal(row))] ?? 'c' },
  regression: {
    name: 'price',
    cell: (row) => (1e4 * signal(row) + 99 * noise(row, 12)).toFixed(2),
  },
  ranking: { name: 'grade', cell: (row) => String(Math.floor(2 * signal(row))) },
};
/** Of a ranking: eight rows a query. */
const QUERY = 'search';
const csv = tableOf(160, {
  ...inputs,
  [QUERY]: (row) => `s${row >> 3}`,
  ...Object.fromEntries(Object.values(targets).map(({ name, cell }) => [name, cell])),
});

/** Rows that came later: others of the same kind, one without any value, and one of nothing that was seen. */
const LATER = 30;
const strange: Readonly<Record<string, string>> = {
  size: '-1e6',
  skewed: '1e6',
  count: '0.5',
  island: 'never seen',
  code: '',
  day: '1899-12-31',
  note: 'unheard-of ☃ words',
};
const later: Table = {
  names: Object.keys(inputs),
  columns: Object.entries(inputs).map(([name, cell]) =>
    textCells(['', strange[name] ?? '', ...Array.from({ length: LATER }, (_, i) => cell(900 + i))]),
  ),
  rowCount: LATER + 2,
};

/** Parameters that write another graph than the defaults do, or that keep it small. */
const given: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  quantile: [{}, { output: 'normal' }],
  bins: [{}, { strategy: 'kmeans', encode: 'ordinal' }],
  select: [{}, { method: 'mutual_information', k: 2 }, { method: 'l1' }],
  ordinal: [{ other: 'minus_one' }],
  tfidf: [{ max_features: 30 }, { analyzer: 'characters', longest: 2, max_features: 30 }],
  text_hashing: [{ n_features: 16, longest: 2 }],
  tokens: [{ max_length: 8, max_words: 20, min_rows: 1 }],
  characters: [{ context: '16' }],
};

/** What models need around a step: no missing number, and nothing but numbers. */
function chainOf(
  step: FeatureStep,
  type: InputType,
  parameters: Readonly<Record<string, unknown>>,
) {
  const own = { step: step.name, columns: type, parameters: resolved(step, parameters) };
  const fill = { step: 'impute', columns: type, parameters: {} };
  if (type === 'numeric') return step.name === 'impute' ? [own] : [fill, own];
  if (type === 'datetime') return [own, fill];
  // Means of the target are of its size, and a network's float32 of such numbers has no fifth digit left.
  const scale = { step: 'scale', columns: type, parameters: {} };
  if (step.name === 'target_encode') return [own, scale];
  // Behind the end of a text there is no character.
  if (step.name === 'characters') return [own, fill];
  return step.gives === 'same' ? [own, { step: 'one_hot', columns: type, parameters: {} }] : [own];
}

function resolved(
  { parameters, name }: FeatureStep | Estimator,
  changes: Readonly<Record<string, unknown>>,
) {
  return resolveParameters(parameters, changes, name);
}

/** Short training: what a graph computes does not depend on how well it does. */
function quick(estimator: Estimator) {
  const wanted = { epochs: 2, n_estimators: 8, min_samples_leaf: 3 };
  const isBoosting = ['gradient_boosting', 'lambdamart'].includes(estimator.name);
  const boosting = isBoosting ? { max_iter: 8 } : {};
  const known = Object.entries({ ...wanted, ...boosting }).filter(([name]) =>
    estimator.parameters.some((one) => one.name === name),
  );
  return resolved(estimator, Object.fromEntries(known));
}

// Images are files, which no cell holds: onnx-images.long.test.ts has their step.
const cases = steps.flatMap((step) =>
  step.accepts
    .filter((type) => type !== 'image')
    .flatMap((type) =>
      (given[step.name] ?? [{}]).flatMap((parameters) =>
        tasks
          .filter(
            (task) =>
              task !== 'language' &&
              (hasTarget(task) || step.readsTarget?.(resolved(step, parameters)) !== true),
          )
          .map((task) => ({
            title: `${step.name} ${JSON.stringify(parameters)} of ${type}, ${task}`,
            task,
            type,
            chain: chainOf(step, type, parameters),
          })),
      ),
    ),
);

const exported = new ExportedFiles();
let dataset: Dataset;
beforeAll(async () => {
  dataset = await readText(csv);
});
afterAll(() => {
  exported.remove();
});

function specOf({ task, type, chain }: (typeof cases)[number]): Spec {
  const target = targets[task]?.name;
  const proposed =
    target === undefined
      ? proposeWithoutTarget(dataset.info, task, { seed: 7 })
      : proposeSpec(dataset.info, target, { seed: 7, task, query: QUERY });
  const types = inputTypes.flatMap((one) =>
    Object.keys(columns[one] ?? {}).map((name) => [name, { type: one === type ? one : 'ignore' }]),
  );
  const others = Object.values(targets)
    .filter(({ name }) => name !== target)
    .map(({ name }) => [name, { type: 'ignore' }]);
  const query = task === 'ranking' ? [] : [[QUERY, { type: 'ignore' }]];
  return {
    ...proposed,
    columns: Object.fromEntries([...types, ...others, ...query]) as Spec['columns'],
    steps: chain,
    candidates: estimators
      // What repeats a value of a forecast's past reads no features, and these are no images.
      .filter(
        ({ tasks, repeats, readsImages, readsTokens, readsSequences }) =>
          tasks.includes(task) &&
          repeats === undefined &&
          readsImages === undefined &&
          (readsSequences === undefined || chain.at(-1)?.step === 'sequence') &&
          (readsTokens === undefined || chain.some(({ step }) => step === 'tokens')),
      )
      .map((one) => ({ name: one.name, model: one.name, parameters: quick(one) })),
    evaluation: { resamples: 100 },
  };
}

// A language model has one step and one column: language.test.ts has it.
it('every step is in the matrix, and every other task', () => {
  const named = new Set(cases.flatMap(({ chain }) => chain.map(({ step }) => step)));
  const ofCells = steps.filter(({ accepts }) => accepts.some((type) => type !== 'image'));
  expect([...named].sort()).toEqual(ofCells.map(({ name }) => name).sort());
  expect(new Set(cases.map(({ task }) => task))).toEqual(
    new Set(tasks.filter((task) => task !== 'language')),
  );
});

describe.each(cases)('$title', (one) => {
  it('agrees with its trainers on held-out rows, and in onnxruntime-node', async () => {
    const spec = specOf(one);
    const { outcome } = await runSpec(dataset, spec);
    const { record, models } = outcome;
    const trained = record.candidates.map(({ name }) => name);
    expect(trained, record.warnings.join(' ')).toEqual(spec.candidates.map(({ name }) => name));
    for (const candidate of record.candidates) {
      const name = `${one.title}: ${candidate.model}`;
      expect(candidate.parity.rows, name).toBeGreaterThan(0);
      expect(candidate.parity.maxAbsDifference, name).toBeLessThanOrEqual(1e-5);
      const bytes = models.get(candidate.name) ?? new Uint8Array();
      await exported.add(name, bytes, record.contract, later);
    }
  });
});

it('all files pass onnx.checker and answer the same in Python’s onnxruntime', async () => {
  expect(exported.count).toBeGreaterThan(cases.length * 2);
  await exported.expectSameInPython();
}, 300_000);
