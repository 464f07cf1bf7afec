import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ndcg10 } from '#core/evaluation/ndcg.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { lambdaMart } from '#core/models/trees/boosting/lambda-mart.ts';
import { numbered } from '#core/ranking/query-rows.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainToEnd } from '../support/training-data.ts';
import { runPython } from './python.ts';

/** Rows to rank, and three ways to part their queries. */
interface Table {
  readonly name: string;
  readonly width: number;
  readonly values: readonly (number | null)[];
  readonly grades: readonly number[];
  readonly queries: readonly number[];
  readonly parts: readonly Part[];
}
interface Part {
  readonly train: readonly number[];
  readonly test: readonly number[];
  /** LightGBM's NDCG@10 on the test rows. */
  readonly ndcg: number;
}

/** How far the mean over all tables may be from LightGBM's. */
const MARGIN = 0.01;

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
let tables: readonly Table[] = [];
const report = [
  '| table | rows | queries | columns | LambdaMART | LightGBM |',
  '|---|---:|---:|---:|---:|---:|',
];

beforeAll(async () => {
  const args = [pathOf('../../node_modules/vega-datasets/data')];
  tables = JSON.parse(await runPython(pathOf('ranking_tables.py'), { args })) as typeof tables;
}, 300_000);

afterAll(() => {
  console.log(report.join('\n'));
});

it(`LambdaMART ranks six tables as LightGBM does, within ${MARGIN} of its NDCG@10 on average`, async () => {
  expect(tables).toHaveLength(6);
  const differences: number[] = [];
  for (const table of tables) {
    const own: number[] = [];
    for (const [seed, part] of table.parts.entries()) own.push(await ndcgOf(table, part, seed));
    const theirs = mean(table.parts.map(({ ndcg }) => ndcg));
    differences.push(mean(own) - theirs);
    report.push(
      `| ${table.name} | ${table.grades.length} | ${new Set(table.queries).size} | ${table.width} | ${mean(own).toFixed(4)} | ${theirs.toFixed(4)} |`,
    );
  }
  expect(Math.abs(mean(differences))).toBeLessThanOrEqual(MARGIN);
  expect(Math.min(...differences)).toBeGreaterThan(-3 * MARGIN);
}, 600_000);

async function ndcgOf(table: Table, { train, test }: Part, seed: number): Promise<number> {
  const parameters = resolveParameters(lambdaMart.parameters, { patience: 0 }, 'lambdamart');
  const held = takeRows(table, test);
  if (lambdaMart.train === undefined) throw new Error('LambdaMART has a trainer of its own');
  const { model } = await trainToEnd(
    lambdaMart.train,
    takeRows(table, train),
    parameters,
    seed,
    takeRows(table, []),
  );
  const scores = Float64Array.from(await model.predict(held.features));
  const queries = held.queries ?? new Int32Array(0);
  const scored = { task: 'ranking', queries, grades: held.target, scores } as const;
  return ndcg10.prepare(scored)(new Uint32Array(new Set(queries).size).fill(1)) ?? NaN;
}

function takeRows(
  { width, values, grades, queries }: Table,
  rows: readonly number[],
): TrainingData {
  return {
    task: 'ranking',
    outputs: 1,
    features: {
      rows: rows.length,
      width,
      values: Float32Array.from(
        rows.flatMap((row) => values.slice(row * width, (row + 1) * width)),
        (value) => value ?? NaN,
      ),
      names: Array.from({ length: width }, (_, j) => `x${j}`),
    },
    target: Float64Array.from(rows, (row) => grades[row] ?? NaN),
    queries: numbered(rows.map((row) => queries[row] ?? -1)).numbers,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
