import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { estimatorNamed } from '#core/models/registry.ts';
import { prepareRun } from '#core/run/prepare-run.ts';
import type { CrossValidation } from '#core/spec/candidate-record.ts';
import type { Spec } from '#core/spec/spec.ts';
import { noise, runCsv, tableOf } from '../support/experiment.ts';
import { runPython } from './python.ts';

const script = fileURLToPath(new URL('folds.py', import.meta.url));

/** Features are float32 in the graph; scikit-learn computes in float64. */
const TOLERANCE = 2e-6;
const ROWS = 240;
const words = ['red', 'green', 'blue'];
const a = (row: number): string => (row % 11 === 3 ? '' : (20 * noise(row)).toFixed(2));
const b = (row: number): string => (100 + 5 * noise(row, 1)).toFixed(3);
const word = (row: number): string => words[Math.floor(3 * noise(row, 2))] ?? '';
const value = (row: number): number =>
  Number(a(row)) + 2 * Number(b(row)) + (word(row) === 'red' ? 8 : 0) + 4 * noise(row, 3);

type Split = Partial<Spec['split']>;
const splits: readonly Split[] = [
  { folds: 5 },
  { method: 'group', by: 'group', folds: 4 },
  { method: 'time', by: 'step', gap: 2, folds: 3, stratify: false },
];
const tasks = ['regression', 'classification'] as const;
const cases = tasks.flatMap((task) => splits.map((split) => ({ task, split })));

/** A run of the baseline and one model, and what scikit-learn needs to do the same. */
async function crossValidated({ task, split }: (typeof cases)[number]) {
  const target = task === 'regression' ? 'value' : 'label';
  const model = task === 'regression' ? 'ridge' : 'logistic_regression';
  const parameters = task === 'regression' ? { alpha: 2 } : { C: 0.5, tol: 1e-10 };
  const columns = {
    a,
    b,
    word,
    group: (row: number) => `g${row % 20}`,
    step: (row: number) => row + 0.5,
    [target]: (row: number) =>
      task === 'regression' ? value(row).toFixed(3) : value(row) > 221 ? 'high' : 'low',
  };
  const { dataset, spec, outcome } = await runCsv(tableOf(ROWS, columns), target, (proposed) => ({
    ...proposed,
    columns: { group: { type: 'ignore' }, step: { type: 'ignore' } },
    split: { ...proposed.split, ...split },
    candidates: [...proposed.candidates.slice(0, 1), { name: 'own', model, parameters }],
  }));
  const folds = prepareRun(spec, dataset).folds.map((fit) => {
    const { train, test } = fit(estimatorNamed(model)).parts;
    return { train: [...train.rows], test: [...test.rows] };
  });
  const rows = Array.from({ length: ROWS }, (_, row) => row);
  return {
    own: outcome.record.candidates[1]?.crossValidation,
    asked: {
      task,
      ...parameters,
      folds,
      x: rows.map((row) => [a(row) === '' ? null : Number(a(row)), Number(b(row)), word(row)]),
      y: rows.map((row) =>
        task === 'regression' ? Number(columns['value']?.(row)) : columns['label']?.(row),
      ),
    },
  };
}

interface Reference {
  readonly folds: readonly Readonly<Record<string, number>>[];
  readonly mean: Readonly<Record<string, number>>;
  readonly deviation: Readonly<Record<string, number>>;
}

let own: (CrossValidation | undefined)[] = [];
let references: readonly Reference[] = [];

beforeAll(async () => {
  const runs: Awaited<ReturnType<typeof crossValidated>>[] = [];
  for (const one of cases) runs.push(await crossValidated(one)); // onnxruntime runs one at a time
  own = runs.map((run) => run.own);
  const input = JSON.stringify(runs.map(({ asked }) => asked));
  references = JSON.parse(await runPython(script, { input })) as Reference[];
});

describe('the folds of a run, trained and measured by scikit-learn', () => {
  it.each(cases.map(({ task, split }, i) => [task, split.method ?? 'random', i] as const))(
    '%s, dealt by %s: the same metrics',
    (_task, _method, i) => {
      const { folds, metrics } = own[i] ?? { folds: [], metrics: {} };
      const reference = references[i];
      expect(folds).toHaveLength(cases[i]?.split.folds ?? NaN);
      for (const [k, fold] of folds.entries()) expectSame(fold.metrics, reference?.folds[k]);
      const summary = Object.entries(metrics);
      expectSame(
        Object.fromEntries(summary.map(([name, { mean }]) => [name, mean])),
        reference?.mean,
      );
      expectSame(
        Object.fromEntries(summary.map(([name, found]) => [name, found.standardDeviation])),
        reference?.deviation,
      );
    },
  );
});

function expectSame(
  found: Readonly<Record<string, number | null>>,
  wanted: Readonly<Record<string, number>> | undefined,
): void {
  expect(Object.keys(found)).toEqual(Object.keys(wanted ?? {}));
  for (const [name, reference] of Object.entries(wanted ?? {})) {
    const difference = Math.abs((found[name] ?? NaN) - reference);
    expect(difference, `${name}: ${found[name]}, ${reference}`).toBeLessThanOrEqual(
      TOLERANCE * Math.max(1, Math.abs(reference)),
    );
  }
}
