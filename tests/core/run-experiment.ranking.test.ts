import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { audit } from '#core/data/audit/audit.ts';
import { describeSplit } from '#core/run/describe-split.ts';
import { predictRecords, predictTable } from '#core/predict.ts';
import { predictionsCsv } from '#core/predictions-csv.ts';
import { modelCard } from '#core/registry/model-card.ts';
import { compareRuns } from '#core/run/compare-runs.ts';
import { prepareRows } from '#core/run/prepare-rows.ts';
import { prepareSplit } from '#core/run/prepare-split.ts';
import { contractJsonSchema } from '#core/spec/json-schema.ts';
import { outlineContract } from '#core/spec/outline-contract.ts';
import { checkShape, parseSpec, specToYaml } from '#core/spec/parse-spec.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { readText } from '../support/csv.ts';
import {
  expectEndsWell,
  openBest,
  runSpec,
  tableOf,
  type Experiment,
} from '../support/experiment.ts';
import { hotelSearches } from '../support/hotel-searches.ts';
import { refusalOf } from '../support/refusal.ts';

const csv = hotelSearches();

async function rank(
  change: (spec: Spec) => Spec = (spec) => spec,
  text = csv,
): Promise<Experiment> {
  const dataset = await readText(text);
  const proposed = proposeSpec(dataset.info, 'grade', {
    seed: 7,
    task: 'ranking',
    query: 'search_id',
  });
  return runSpec(dataset, change({ ...proposed, evaluation: { resamples: 100 } }));
}

describe('a ranking', () => {
  it('learns which rows come first in a query, from the table to a ranked file', async () => {
    const experiment = await rank();
    expectEndsWell(experiment);
    const { record } = experiment.outcome;
    expect(record.spec).toMatchObject({
      query: 'search_id',
      split: { method: 'group', by: 'search_id' },
    });
    expect(record.contract.inputs.map(({ name }) => name)).not.toContain('search_id');
    expect(record.contract).toMatchObject({
      target: { name: 'grade' },
      query: { name: 'search_id' },
      primaryMetric: 'ndcg_10',
    });
    expect(record.candidates.map(({ model }) => model)).toEqual([
      'constant_score',
      'ridge',
      'lambdamart',
    ]);
    expect(record.best).not.toBe('baseline');
    const best = record.candidates.find(({ name }) => name === record.best);
    expect(best?.metrics.test.ndcg_10?.value).toBeGreaterThan(0.9);
    expect(best?.versusBaseline?.real).toBe(true);
    const shown = best?.rankings?.test ?? [];
    expect(shown).toHaveLength(12);
    for (const { ranked, rows, query } of shown) {
      expect(query).toMatch(/^s\d+$/);
      expect(ranked).toHaveLength(rows);
      const scores = ranked.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    }

    const { session, contract } = await openBest(experiment);
    const rows = 'search_id,price,stars,distance_km,kind,nights\n';
    const asked = await readText(
      `${rows}b,300,1,9,flat,2\na,100,4,1,hotel,2\nb,80,5,0.5,hotel,2\nb,80,5,0.5,hotel,2\n`,
    );
    const predictions = await predictTable(session, contract, asked.table);
    const [alone] = await predictRecords(session, contract, [
      { price: 100, stars: 4, distance_km: 1, kind: 'hotel', nights: 2 },
    ]);
    await session.release();
    expect(predictions).toMatchObject([
      { query: 'b', rank: 3 },
      { query: 'a', rank: 1 },
      { query: 'b', rank: 1 },
      { query: 'b', rank: 1 },
    ]);
    expect(alone).toEqual({
      task: 'ranking',
      score: predictions[1]?.task === 'ranking' ? predictions[1].score : NaN,
    });
    const lines = predictionsCsv(asked.table, contract, predictions).split('\n');
    expect(lines[0]).toBe('search_id,price,stars,distance_km,kind,nights,score,rank');
    expect(lines[1]).toMatch(/^b,300,1,9,flat,2,-?\d\S*,3$/);

    const { $defs } = contractJsonSchema(contract) as { readonly $defs: { answer: object } };
    const isAnswer = new Ajv2020({ strict: true }).compile($defs.answer);
    expect([...predictions, alone].map((one) => isAnswer(one))).not.toContain(false);
    expect(isAnswer({ task: 'ranking', rank: 1 })).toBe(false);

    const card = modelCard(record);
    expect(card).toContain('ranking rows within their query by `grade`');
    expect(card).toContain('`score`, float32 [N, 1]');
    expect(card).toContain('session.run(["score"], record)');
    expect(parseSpec(specToYaml(record.spec))).toEqual(record.spec);
    const { query } = outlineContract(record.spec, experiment.dataset.info);
    expect(query).toEqual(record.contract.query);
  });

  it('is replayed to the same weights, over folds that keep queries whole', async () => {
    const change = (spec: Spec): Spec => ({
      ...spec,
      split: { ...spec.split, folds: 3 },
      candidates: spec.candidates.map((candidate) =>
        candidate.model === 'lambdamart'
          ? { ...candidate, parameters: { ...candidate.parameters, max_iter: 10 } }
          : candidate,
      ),
    });
    const first = await rank(change);
    expectEndsWell(first);
    const again = await rank(change);
    expect(compareRuns(first.outcome.record, again.outcome.record, true).differences).toEqual([]);
    const { split, candidates } = first.outcome.record;
    const { train = 0, validation = 0 } = split.groups ?? {};
    const tested = split.folds?.map(({ groups = 0 }) => groups) ?? [];
    expect(tested.reduce((sum, groups) => sum + groups, 0)).toBe(train + validation);
    for (const { crossValidation } of candidates) {
      expect(crossValidation?.metrics.ndcg_10?.mean).toBeGreaterThan(0.5);
    }
  });

  it('measures no more of a constant score than an order drawn at random', async () => {
    const sorted = tableOf(200, {
      search_id: (row) => Math.floor(row / 4),
      x: (row) => row % 7,
      grade: (row) => Number(row % 4 === 0),
    });
    const { record } = (await rank((spec) => spec, sorted)).outcome;
    // The one relevant row of four stands first in the file, which says nothing of the score.
    const metrics = record.candidates[0]?.metrics.test;
    expect(metrics?.mrr?.value).toBeCloseTo((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4, 12);
    expect(metrics?.map?.value).toBeCloseTo((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4, 12);
  });

  it('deals queries by a column of parts too, and says which rows are alone', async () => {
    const text = tableOf(121, {
      search_id: (row) => (row === 120 ? 'alone' : Math.floor(row / 4)),
      part: (row) => (row < 60 ? 'train' : row < 80 ? 'validation' : 'test'),
      x: (row) => row % 5,
      grade: (row) => row % 3,
    });
    const { info, table } = await readText(text);
    const proposed = proposeSpec(info, 'grade', { task: 'ranking', query: 'search_id' });
    const spec = checkShape({ ...proposed, split: { method: 'column', by: 'part' } });
    const { split, warnings } = describeSplit(spec, { info, table });
    expect([split.train, split.validation, split.test]).toEqual([60, 20, 41]);
    expect(warnings.join(' ')).toContain(
      'a single row, which has no other to be ranked against: 1',
    );
  });
});

it('an audit of a ranking looks at its grades as numbers', async () => {
  const dataset = await readText(hotelSearches(40));
  const spec = proposeSpec(dataset.info, 'grade', { task: 'ranking', query: 'search_id' });
  const findings = await audit(dataset, { spec, today: '2026-01-01' });
  expect(findings.filter(({ severity }) => severity === 'severe')).toEqual([]);
});

it('queries that tell when to stop are none of those that are learned from', async () => {
  const dataset = await readText(hotelSearches(40));
  const proposed = proposeSpec(dataset.info, 'grade', { task: 'ranking', query: 'search_id' });
  const spec = { ...proposed, split: { ...proposed.split, folds: 4 } };
  const rows = prepareRows(spec, dataset);
  const { folds } = prepareSplit(spec, dataset, rows.target, rows);
  const queryOf = (row: number): number => rows.queries?.ofRow[row] ?? -1;
  expect(folds).toHaveLength(4);
  for (const { stopping, test } of folds) {
    const learned = new Set(Array.from(stopping.train, queryOf));
    const watched = new Set(Array.from(stopping.validation, queryOf));
    expect(watched.size).toBeGreaterThan(2);
    expect(Array.from(watched).filter((query) => learned.has(query))).toEqual([]);
    expect(Array.from(test, queryOf).filter((query) => learned.has(query))).toEqual([]);
  }
});

describe('a ranking is refused', () => {
  const small = (
    columns: Readonly<Record<string, (row: number) => string | number>> = {},
  ): string =>
    tableOf(60, {
      search_id: (row) => Math.floor(row / 5),
      other: (row) => row % 6,
      x: (row) => row % 7,
      grade: (row) => row % 3,
      ...columns,
    });

  it.each([
    [
      'a negative grade',
      { grade: (row: number) => (row === 7 ? -1 : 1) },
      /^Row 8, column "grade": -1 is no grade/,
    ],
    [
      'half a grade',
      { grade: (row: number) => (row === 3 ? 1.5 : 1) },
      /^Row 4, column "grade": 1.5 is no grade/,
    ],
    [
      'a grade above 31',
      { grade: (row: number) => (row === 0 ? 32 : 1) },
      /whole number from 0 to 31/,
    ],
    [
      'a row without a query',
      { search_id: (row: number) => (row === 4 ? '' : row % 9) },
      /^Row 5, column "search_id": the query is missing/,
    ],
    ['queries of one row', { search_id: (row: number) => `q${row}` }, /each value is in one row/],
    [
      'grades that are all equal in each query',
      { grade: (row: number) => Math.floor(row / 5) % 3 },
      /all rows have the same grade/,
    ],
  ])('for %s', async (_, columns, said) => {
    const refused = await refusalOf(() => rank((spec) => spec, small(columns)));
    expect(refused.message).toMatch(said);
  });

  it.each([
    ['without a query', { query: undefined }, /^query is missing/],
    ['with the target as its query', { query: 'grade' }, /^query is "grade", which is the target/],
    ['with a column that is not there', { query: 'searches' }, /the data has no such column/],
    [
      'with its query as an input',
      { columns: { search_id: { type: 'numeric' } } },
      /it is no input of the model/,
    ],
    ['dealt at random', { split: { method: 'random' } }, /would part the rows of a query/],
    [
      'dealt by groups that part queries',
      { split: { method: 'group', by: 'other' } },
      /are of one query, and the split puts them on two sides/,
    ],
    [
      'with a step for its query',
      { steps: [{ step: 'scale', columns: ['search_id'] }] },
      /names the query/,
    ],
    ['by a model of values', { candidates: [{ name: 'b', model: 'mean' }] }, /cannot do ranking/],
    ['for a metric of values', { metric: 'rmse' }, /does not fit the task ranking/],
    [
      'with balanced classes',
      { candidates: [{ name: 'b', model: 'constant_score', balance: { method: 'oversample' } }] },
      /is for classes/,
    ],
  ])('%s', async (_, part, said) => {
    const refused = await refusalOf(() =>
      rank((spec) => checkShape({ ...spec, ...part }), small()),
    );
    expect(refused.message).toMatch(said);
  });

  it('as a query of another task', async () => {
    const { info } = await readText(small());
    const refused = await refusalOf(() =>
      checkShape({ ...proposeSpec(info, 'x', { task: 'regression' }), query: 'search_id' }),
    );
    expect(refused.message).toMatch(/ranks no rows/);
  });

  it('in a table of which no column could be a query', async () => {
    const { info } = await readText(tableOf(30, { x: (row) => row, grade: (row) => row % 3 }));
    const refused = await refusalOf(() => proposeSpec(info, 'grade', { task: 'ranking' }));
    expect(refused.message).toMatch(/no column has values that rows share/);
  });
});
