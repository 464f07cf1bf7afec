import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { metricsFor } from '#core/evaluation/registry.ts';
import type { ScoredQueries } from '#core/evaluation/metric.ts';
import { lambdasOf } from '#core/models/trees/boosting/losses/lambdas.ts';
import { estimatorsFor } from '#core/models/registry.ts';
import { readContract } from '#core/predict.ts';
import { RandomStream } from '#core/random.ts';
import type { RunOutcome } from '#core/run-experiment.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { MetricName, SpecCandidate } from '#core/spec/spec.ts';
import { readText } from '../support/csv.ts';
import { noise, runSpec, tableOf } from '../support/experiment.ts';
import { feedsOf } from './feeds.ts';
import { oddCsv, oddRows, targets } from './odd-table.ts';
import { runPython } from './python.ts';
import { inThreeRuntimes } from './three-runtimes.ts';

const script = fileURLToPath(new URL('ranking.py', import.meta.url));

async function reference<Answer>(cases: readonly object[]): Promise<readonly Answer[]> {
  return JSON.parse(await runPython(script, { input: JSON.stringify(cases) })) as Answer[];
}

/** Queries of 2 to `most` rows with grades up to `highest`; scores from a few values are often tied. */
function drawQueries(seed: number, most: number, highest: number, values: number): ScoredQueries {
  const random = new RandomStream(seed);
  const rows = Array.from({ length: 40 }, (_, query) =>
    Array.from({ length: 2 + random.integer(most - 1) }, () => ({
      query,
      // A query in ten has no relevant row.
      grade: query % 10 === 3 ? 0 : random.integer(highest + 1),
      score: random.integer(values) / 3 - 1,
    })),
  ).flat();
  // Rows of a query need not stand together.
  const mixed = random.shuffle(rows);
  return {
    task: 'ranking',
    queries: Int32Array.from(mixed, ({ query }) => query),
    grades: Float64Array.from(mixed, ({ grade }) => grade),
    scores: Float64Array.from(mixed, ({ score }) => score),
  };
}

function byQuery({ queries, grades, scores }: ScoredQueries): (readonly number[])[][] {
  return [...new Set(queries)].map((query) => {
    const rows = [...queries.keys()].filter((row) => queries[row] === query);
    return [rows.map((row) => grades[row] ?? 0), rows.map((row) => scores[row] ?? 0)];
  });
}

describe('figures of rankings', () => {
  const cases = [
    ['scores that are all different', drawQueries(1, 14, 4, 1_000_000)],
    ['a few ties', drawQueries(2, 9, 3, 12)],
    ['many ties', drawQueries(3, 7, 1, 2)],
    ['one score for all', drawQueries(4, 7, 4, 1)],
    ['grades up to 31', drawQueries(5, 6, 31, 50)],
  ] as const;
  let answers: readonly Partial<Record<MetricName, number>>[] = [];
  beforeAll(async () => {
    answers = await reference(
      cases.map(([, scored]) => ({ kind: 'metrics', queries: byQuery(scored) })),
    );
  });

  it.each(cases.map(([name, scored], i) => [name, scored, i] as const))(
    'equal scikit-learn’s NDCG, and average precision and reciprocal rank counted out: %s',
    (_, scored, i) => {
      const once = new Uint32Array(40).fill(1);
      for (const metric of metricsFor('ranking')) {
        const value = metric.prepare(scored)(once);
        expect(value, metric.name).toBeCloseTo(answers[i]?.[metric.name] ?? NaN, 12);
      }
    },
  );

  it('count a query as often as it is drawn, and leave out those without a relevant row', () => {
    const [, scored] = cases[1];
    const counts = new Uint32Array(40).map((_, query) => query % 3);
    const drawn = byQuery(scored)
      .map((own, i) => ({ own, query: [...new Set(scored.queries)][i] ?? 0 }))
      .flatMap(({ own, query }) => Array.from({ length: query % 3 }, () => own));
    const again: ScoredQueries = {
      task: 'ranking',
      queries: Int32Array.from(drawn.flatMap(([grades = []], q) => grades.map(() => q))),
      grades: Float64Array.from(drawn.flatMap(([grades = []]) => grades)),
      scores: Float64Array.from(drawn.flatMap(([, scores = []]) => scores)),
    };
    for (const metric of metricsFor('ranking')) {
      const once = new Uint32Array(drawn.length).fill(1);
      expect(metric.prepare(scored)(counts)).toBeCloseTo(metric.prepare(again)(once) ?? NaN, 12);
      expect(metric.prepare({ ...scored, grades: scored.grades.map(() => 0) })(counts)).toBeNull();
    }
  });
});

describe('derivatives of LambdaRank', () => {
  const cases = [30, 3].flatMap((places) =>
    [true, false].flatMap((normalizes) =>
      [
        ['at the first step', 1],
        ['with ties', 5],
        ['later', 1_000_000],
      ].map(([when, values]) => ({
        name: `${String(when)}, ${places} places${normalizes ? ', normalized' : ''}`,
        scored: drawQueries(places + Number(values), 40, 4, Number(values)),
        options: { places, normalizes },
      })),
    ),
  );
  let answers: readonly { readonly gradients: number[]; readonly hessians: number[] }[] = [];
  beforeAll(async () => {
    answers = await reference(
      cases.map(({ scored: { queries, grades, scores }, options }) => ({
        kind: 'lambdas',
        queries: [...queries],
        grades: [...grades],
        scores: [...scores],
        ...options,
      })),
    );
  });

  it.each(cases.map((one, i) => [one.name, one, i] as const))(
    'equal LightGBM’s formula: %s',
    (_, { scored: { queries, grades, scores }, options }, i) => {
      const into = {
        gradients: new Float64Array(grades.length).fill(NaN),
        hessians: new Float64Array(grades.length).fill(NaN),
      };
      lambdasOf(grades, queries, options)(scores, into);
      for (const name of ['gradients', 'hessians'] as const) {
        for (const [row, value] of into[name].entries()) {
          expect(Math.abs(value - (answers[i]?.[name][row] ?? NaN))).toBeLessThanOrEqual(1e-9);
        }
      }
    },
  );
});

describe('the ONNX file of a ranking', () => {
  const withQueries = tableOf(150, {
    query: (row) => `q${Math.floor(row / 5)}`,
    grade: (row) => Math.floor(4 * noise(row, 2)),
  });
  const csv = oddCsv
    .split('\n')
    .map((line, i) => (line === '' ? '' : `${line},${withQueries.split('\n')[i] ?? ''}`))
    .join('\n');
  let outcome: RunOutcome;
  const candidates: readonly SpecCandidate[] = estimatorsFor({ task: 'ranking' }).map(
    ({ name }) => ({
      name,
      model: name,
      parameters: name === 'lambdamart' ? { min_samples_leaf: 5 } : {},
    }),
  );

  beforeAll(async () => {
    const dataset = await readText(csv);
    const proposed = proposeSpec(dataset.info, 'grade', {
      seed: 7,
      task: 'ranking',
      query: 'query',
    });
    const columns = Object.keys(targets).map((name) => [name, { type: 'ignore' as const }]);
    ({ outcome } = await runSpec(dataset, {
      ...proposed,
      columns: Object.fromEntries(columns) as typeof proposed.columns,
      candidates: [...candidates],
      evaluation: { resamples: 100 },
    }));
  });

  it.each(candidates.map(({ name }) => name))(
    '%s passes onnx.checker and scores alike in three runtimes, on odd rows too',
    async (name) => {
      const record = outcome.record.candidates.find((one) => one.name === name);
      expect(record?.parity.maxAbsDifference).toBeLessThanOrEqual(1e-5);
      const bytes = outcome.models.get(name) ?? new Uint8Array();
      const feeds = feedsOf(readContract(bytes), oddRows);
      const rows = oddRows.rowCount;
      const { web, node, python } = await inThreeRuntimes(bytes, feeds, rows, 'score');
      expect(web).toHaveLength(rows);
      for (const other of [node, python]) {
        for (const [i, score] of web.entries()) {
          const unit = Math.max(1, Math.abs(score));
          expect(Math.abs(score - (other[i] ?? NaN)) / unit).toBeLessThanOrEqual(1e-5);
        }
      }
    },
  );
});
