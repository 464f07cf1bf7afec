import { describe, expect, it } from 'vitest';
import { estimators } from '#core/models/registry.ts';
import { modelCard } from '#core/registry/model-card.ts';
import { compareRuns } from '#core/run/compare-runs.ts';
import { contractJsonSchema } from '#core/spec/json-schema.ts';
import { checkShape } from '#core/spec/parse-spec.ts';
import { proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import type { Spec, SpecCandidate, Task } from '#core/spec/spec.ts';
import { readText } from '../support/csv.ts';
import { expectEndsWell, noise, tableOf } from '../support/experiment.ts';
import { refusalOf } from '../support/refusal.ts';
import { predictedBy, runWithout as runOn } from '../support/untargeted.ts';

const isOdd = (row: number): boolean => row % 30 === 17;

/** Three kinds of parcels, and one in thirty that is like none of them. */
const csv = tableOf(300, {
  weight: (row) => (isOdd(row) ? 60 * noise(row, 1) : ([2, 10, 25][row % 3] ?? 0)) + noise(row, 2),
  length: (row) =>
    (isOdd(row) ? 400 * noise(row, 3) : ([20, 120, 60][row % 3] ?? 0)) + 9 * noise(row, 4),
  service: (row) => ['letter', 'long', 'heavy'][row % 3] ?? '',
  sent: (row) => (row % 11 === 0 ? '' : String(Math.floor(100 * noise(row, 5)))),
});

const runWithout = (
  task: Task,
  change?: (spec: Spec) => Spec,
  text = csv,
): ReturnType<typeof runOn> => runOn(task, text, change);

/** A candidate for each estimator of a task, with its defaults. */
function everyCandidate(task: Task): SpecCandidate[] {
  return estimators
    .filter(({ tasks }) => tasks.includes(task))
    .map(({ name }) => ({ name, model: name, parameters: {} }));
}

function baseline(k: number): SpecCandidate {
  return { name: 'baseline', model: 'random_centres', parameters: { k } };
}

describe('clustering', () => {
  it('finds the groups that are there, from the table to a file of predictions', async () => {
    const experiment = await runWithout('clustering');
    expectEndsWell(experiment);
    const { record } = experiment.outcome;
    expect(record.spec).not.toHaveProperty('target');
    expect(record.contract.target).toEqual({ name: 'cluster', missing: [] });
    expect(record.best).toBe('k-means 3');
    const best = record.candidates.find(({ name }) => name === record.best);
    expect(best?.metrics.test.silhouette?.value).toBeGreaterThan(0.5);
    expect(best?.versusBaseline?.difference).toBeGreaterThanOrEqual(0);

    const groups = best?.groups?.test ?? [];
    expect(groups).toHaveLength(3);
    expect(groups.reduce((sum, { rows }) => sum + rows, 0)).toBe(record.split.test);
    const services = groups.map(({ columns }) => columns.find(({ name }) => name === 'service'));
    expect(new Set(services.map((one) => one?.most?.value))).toEqual(
      new Set(['letter', 'long', 'heavy']),
    );
    const lines = (await predictedBy(experiment)).split('\n');
    expect(lines[0]).toBe(
      'weight,length,service,sent,predicted_cluster,distance_cluster 1,distance_cluster 2,distance_cluster 3',
    );
    expect(new Set([1, 4, 7].map((at) => lines[at]?.split(',')[4])).size).toBe(1);
  });

  it('runs every model, over folds too, and a replay has the same weights', async () => {
    const change = (spec: Spec): Spec => ({
      ...spec,
      candidates: everyCandidate('clustering'),
      split: { ...spec.split, folds: 3 },
    });
    const first = await runWithout('clustering', change);
    expectEndsWell(first);
    const again = await runWithout('clustering', change);
    expect(compareRuns(first.outcome.record, again.outcome.record, true).differences).toEqual([]);
    for (const { crossValidation } of first.outcome.record.candidates) {
      expect(crossValidation?.metrics.silhouette?.mean).toBeTypeOf('number');
    }
    const { record } = first.outcome;
    expect(modelCard(record)).toContain('finding groups of like rows, each a cluster');
    expect(contractJsonSchema(record.contract)['x-terrarium']).toMatchObject({
      task: 'clustering',
      answer: 'cluster',
    });
  });

  it.each([
    [
      'more groups than rows',
      baseline(100),
      tableOf(90, { a: (row) => noise(row).toFixed(4) }),
      /k is 100, and there are 54 training rows/,
    ],
    [
      'rows that are all alike',
      baseline(3),
      tableOf(40, { a: () => 'x', b: () => 3 }),
      /all 24 training rows are alike/,
    ],
    [
      'fewer different rows than groups',
      baseline(4),
      tableOf(60, { a: (row) => row % 2 }),
      /only 2 different ones/,
    ],
  ] as const)('refuses %s', async (_, candidate, text, said) => {
    const refused = await refusalOf(() =>
      runWithout('clustering', (spec) => ({ ...spec, candidates: [candidate] }), text),
    );
    expect(refused.message).toMatch(said);
  });

  it('refuses missing values that no step fills', async () => {
    const refused = await refusalOf(() =>
      runWithout('clustering', (spec) => ({
        ...spec,
        steps: spec.steps.filter(({ step, columns }) => step !== 'impute' || columns !== 'numeric'),
      })),
    );
    expect(refused.message).toMatch(/feature "sent": a value is still missing/);
  });
});

describe('anomaly detection', () => {
  it('flags the rows that are like no other, from the table to a file of predictions', async () => {
    const experiment = await runWithout('anomaly_detection');
    expectEndsWell(experiment);
    const { record } = experiment.outcome;
    expect(record.best).toBe('isolation forest');
    const best = record.candidates.find(({ name }) => name === record.best);
    const { threshold = 0, flagged, highest = [], histogram } = best?.anomalies?.test ?? {};
    expect(histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(record.split.test);
    expect(highest.filter(({ score }) => score > threshold)).toHaveLength(flagged ?? NaN);
    const lines = (await predictedBy(experiment)).split('\n').slice(1, 301);
    const odd = lines.map((line) => line.split(',')[4] === 'anomaly');
    const right = odd.filter((is, row) => is && isOdd(row)).length;
    expect(right).toBeGreaterThanOrEqual(7);
    expect(odd.filter(Boolean).length - right).toBeLessThanOrEqual(15);
  });

  it('says what the model gives in its card and contract', async () => {
    const { record } = (await runWithout('anomaly_detection')).outcome;
    const card = modelCard(record);
    expect(card).toContain('`ordinary` or `anomaly`');
    expect(card).toContain('label, score = session.run(["label", "score"], record)');
    expect(record.contract.target.name).toBe('anomaly');
  });
});

describe('what a spec without a target may not say', () => {
  it.each([
    ['a target', { target: 'weight' }, /^target is "weight", and clustering learns from no target/],
    [
      'strata',
      { split: { stratify: true } },
      /^split.stratify is true, and clustering has no target/,
    ],
    [
      'a step that reads one',
      { steps: [{ step: 'target_encode', columns: 'categorical' }] },
      /target_encode, which reads the target, and clustering has none/,
    ],
    ['a metric of another task', { metric: 'rmse' }, /does not fit the task clustering/],
    [
      'a model of another task',
      { candidates: [{ name: 'b', model: 'mean' }] },
      /is mean, which cannot do clustering/,
    ],
    [
      'no baseline',
      { candidates: [{ name: 'b', model: 'k_means' }] },
      /the first candidate must be a baseline/,
    ],
  ])('%s', async (_, part, said) => {
    const { info } = await readText(csv);
    const refused = await refusalOf(() =>
      checkShape({ ...proposeWithoutTarget(info, 'clustering'), ...part }),
    );
    expect(refused.message).toMatch(said);
  });
});
