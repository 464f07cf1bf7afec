import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainToEnd } from '../support/training-data.ts';
import { runPython } from './python.ts';

/** A real table, and three ways to part it; values are standardized by the training rows. */
interface Table {
  readonly name: string;
  readonly width: number;
  readonly values: readonly (number | null)[];
  readonly parts: readonly Part[];
}
interface Part {
  /** Number of classes; 1 for values. */
  readonly outputs: number;
  readonly target: readonly number[];
  readonly train: readonly number[];
  readonly test: readonly number[];
  /** scikit-learn's accuracy or R² on the test rows, per model. */
  readonly scores: Readonly<Record<string, number>>;
}

const models = ['gradient_boosting', 'random_forest', 'extra_trees', 'decision_tree'] as const;
/** How far the mean over all tables may be below scikit-learn's. */
const MARGIN = 0.01;

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
let tables: readonly Table[] = [];
const report = [
  '| table | rows | columns | metric | model | ours | scikit-learn | standard error of the difference |',
  '|---|---:|---:|---|---|---:|---:|---:|',
];

beforeAll(async () => {
  const args = [pathOf('../../node_modules/vega-datasets/data')];
  tables = JSON.parse(await runPython(pathOf('tree_tables.py'), { args })) as typeof tables;
}, 300_000);

afterAll(() => {
  console.log(report.join('\n'));
});

describe.each(models)('%s, on ten tables three times each', (model) => {
  it(`is within ${MARGIN} of scikit-learn on average, and on no table worse by two standard errors`, async () => {
    expect(tables).toHaveLength(10);
    const differences: number[] = [];
    const worse: string[] = [];
    for (const table of tables) {
      const pairs: (readonly [number, number])[] = [];
      for (const [seed, part] of table.parts.entries()) {
        pairs.push([await scoreOf(model, table, part, seed), part.scores[model] ?? NaN]);
      }
      const own = pairs.map(([ours, theirs]) => ours - theirs);
      const error = standardError(pairs);
      differences.push(mean(own));
      if (mean(own) < -2 * error - 1e-9) worse.push(`${table.name}: ${mean(own)} (${error})`);
      report.push(rowOf(table, model, pairs, error));
    }
    report.push(`| mean | | | | ${model} | ${signed(mean(differences))} | | |`);
    expect(worse).toEqual([]);
    expect(mean(differences)).toBeGreaterThanOrEqual(-MARGIN);
  }, 600_000);
});

/** Accuracy, or R², on the test rows. */
async function scoreOf(model: string, table: Table, part: Part, seed: number): Promise<number> {
  const { train: trainer, parameters } = estimatorNamed(model);
  if (trainer === undefined) throw new Error(`${model} has no trainer`);
  const given = model === 'gradient_boosting' ? { patience: 0 } : {};
  const test = dataOf(table, part, part.test);
  const trained = await trainToEnd(
    trainer,
    dataOf(table, part, part.train),
    resolveParameters(parameters, given, model),
    seed + 1,
    test,
  );
  const answers = await trained.model.predict(test.features);
  return part.outputs === 1 ? r2(answers, test.target) : accuracy(answers, test);
}

function dataOf(table: Table, { outputs, target }: Part, rows: readonly number[]): TrainingData {
  const { width } = table;
  const values = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) {
    const own = table.values.slice(row * width, (row + 1) * width);
    values.set(
      own.map((value) => value ?? NaN),
      i * width,
    );
  }
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  return {
    task: outputs === 1 ? 'regression' : 'classification',
    features: { rows: rows.length, width, values, names },
    target: Float64Array.from(rows, (row) => target[row] ?? NaN),
    outputs,
  };
}

function accuracy(answers: Float32Array, { target, outputs }: TrainingData): number {
  const right = target.filter((label, i) => {
    const own = answers.subarray(i * outputs, (i + 1) * outputs);
    return own.indexOf(Math.max(...own)) === label;
  });
  return right.length / target.length;
}

function r2(answers: Float32Array, target: Float64Array): number {
  const centre = mean([...target]);
  const squares = (of: (i: number) => number): number =>
    target.reduce((sum, _, i) => sum + of(i) ** 2, 0);
  const residual = squares((i) => (answers[i] ?? NaN) - (target[i] ?? NaN));
  return 1 - residual / squares((i) => (target[i] ?? NaN) - centre);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Of the difference of the two means over the seeds. Both sides see the same parts, so most of what it counts is how much
 * the parts differ: paired differences vary less, but three of them say too little of how much.
 */
function standardError(pairs: readonly (readonly [number, number])[]): number {
  const variances = [0, 1].map((side) => {
    const scores = pairs.map((pair) => pair[side] ?? NaN);
    const squares = scores.reduce((sum, score) => sum + (score - mean(scores)) ** 2, 0);
    return squares / (scores.length - 1);
  });
  return Math.sqrt(variances.reduce((sum, one) => sum + one, 0) / pairs.length);
}

function rowOf(
  { name, width, values, parts }: Table,
  model: string,
  pairs: readonly (readonly [number, number])[],
  error: number,
): string {
  const metric = parts[0]?.outputs === 1 ? 'R²' : 'accuracy';
  const [ours, theirs] = [0, 1].map((side) => mean(pairs.map((pair) => pair[side] ?? NaN)));
  const numbers = [ours, theirs, error].map((one) => (one ?? NaN).toFixed(3));
  return `| ${[name, values.length / width, width, metric, model, ...numbers].join(' | ')} |`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}
