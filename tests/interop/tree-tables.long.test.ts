import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { estimatorNamed } from '#core/models/registry.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainToEnd } from '../support/training-data.ts';
import {
  compareOnTables,
  dataOf,
  MARGIN,
  realTables,
  reportHead,
  scoreOn,
  type Part,
  type RealTable,
} from './real-tables.ts';

/** Each beside scikit-learn's model of its kind; boosting beside LightGBM too. */
const pairs = [
  ...['gradient_boosting', 'random_forest', 'extra_trees', 'decision_tree'].map((model) => ({
    model,
    peer: model,
  })),
  { model: 'gradient_boosting', peer: 'lightgbm' },
];

let tables: readonly RealTable[] = [];
const report = [...reportHead];

beforeAll(async () => {
  tables = await realTables('tree_tables.py');
}, 300_000);

afterAll(() => {
  console.log(report.join('\n'));
});

describe.each(pairs)('$model beside $peer, on ten tables three times each', ({ model, peer }) => {
  it(`is within ${MARGIN} on average, and on no table worse by two standard errors`, async () => {
    expect(tables).toHaveLength(10);
    const { lines, difference, worse } = await compareOnTables(tables, peer, (...on) =>
      scoreOf(model, ...on),
    );
    report.push(...lines);
    expect(worse).toEqual([]);
    expect(difference).toBeGreaterThanOrEqual(-MARGIN);
  }, 600_000);
});

async function scoreOf(model: string, table: RealTable, part: Part, seed: number): Promise<number> {
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
  return scoreOn(trained.model, test);
}
