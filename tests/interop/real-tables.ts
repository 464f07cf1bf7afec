import { fileURLToPath } from 'node:url';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { runPython } from './python.ts';

/** A real table, and three ways to part it; values are standardized by the training rows. */
export interface RealTable {
  readonly name: string;
  readonly width: number;
  readonly values: readonly (number | null)[];
  readonly parts: readonly Part[];
}
export interface Part {
  /** Number of classes; 1 for values. */
  readonly outputs: number;
  readonly target: readonly number[];
  readonly train: readonly number[];
  readonly test: readonly number[];
  /** Accuracy or R² on the test rows, per peer. */
  readonly scores: Readonly<Record<string, number>>;
}

/** Scores on a part of a table, ours and the peer's. */
export type Pair = readonly [number, number];

/** How far the mean over all tables may be below the peer's. */
export const MARGIN = 0.01;

/** Tables with the scores that a script beside this file gets of its peers. */
export async function realTables(script: string): Promise<readonly RealTable[]> {
  const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const args = [pathOf('../../node_modules/vega-datasets/data')];
  return JSON.parse(await runPython(pathOf(script), { args })) as readonly RealTable[];
}

/** The head of a table of scores. */
export const reportHead = [
  '| table | rows | columns | metric | peer | ours | its | standard error of the difference |',
  '|---|---:|---:|---|---|---:|---:|---:|',
];

/** What a model came to on all tables: its lines of the report, its mean distance, and where it is worse by two standard errors. */
export interface Comparison {
  readonly lines: readonly string[];
  /** Ours minus the peer's, table by table. */
  readonly differences: readonly number[];
  readonly difference: number;
  readonly worse: readonly string[];
}

/**
 * @param peer whose scores ours are compared with, as the script calls them
 * @param scoreOf our score on a part of a table, with a seed
 */
export async function compareOnTables(
  tables: readonly RealTable[],
  peer: string,
  scoreOf: (table: RealTable, part: Part, seed: number) => Promise<number>,
): Promise<Comparison> {
  const differences: number[] = [];
  const worse: string[] = [];
  const lines: string[] = [];
  for (const table of tables) {
    const pairs: Pair[] = [];
    for (const [seed, part] of table.parts.entries()) {
      pairs.push([await scoreOf(table, part, seed), part.scores[peer] ?? NaN]);
    }
    const own = mean(pairs.map(([ours, theirs]) => ours - theirs));
    const error = standardError(pairs);
    differences.push(own);
    if (own < -2 * error - 1e-9) worse.push(`${table.name}: ${own} (${error})`);
    lines.push(rowOf(table, peer, pairs, error));
  }
  const difference = mean(differences);
  lines.push(`| mean | | | | ${peer} | ${signed(difference)} | | |`);
  return { lines, differences, difference, worse };
}

/** Accuracy, or R², on rows. */
export async function scoreOn(model: TrainedModel, test: TrainingData): Promise<number> {
  const answers = await model.predict(test.features);
  return test.outputs === 1 ? r2(answers, test.target) : accuracy(answers, test);
}

export function dataOf(
  table: RealTable,
  { outputs, target }: Part,
  rows: readonly number[],
): TrainingData {
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

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Of the difference of the two means over the seeds. Both sides see the same parts, so most of what it counts is how much
 * the parts differ: paired differences vary less, but three of them say too little of how much.
 */
function standardError(pairs: readonly Pair[]): number {
  const variances = [0, 1].map((side) => {
    const scores = pairs.map((pair) => pair[side] ?? NaN);
    const squares = scores.reduce((sum, score) => sum + (score - mean(scores)) ** 2, 0);
    return squares / (scores.length - 1);
  });
  return Math.sqrt(variances.reduce((sum, one) => sum + one, 0) / pairs.length);
}

function rowOf(
  { name, width, values, parts }: RealTable,
  peer: string,
  pairs: readonly Pair[],
  error: number,
): string {
  const metric = parts[0]?.outputs === 1 ? 'R²' : 'accuracy';
  const [ours, theirs] = [0, 1].map((side) => mean(pairs.map((pair) => pair[side] ?? NaN)));
  const numbers = [ours, theirs, error].map((one) => (one ?? NaN).toFixed(3));
  return `| ${[name, values.length / width, width, metric, peer, ...numbers].join(' | ')} |`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}
