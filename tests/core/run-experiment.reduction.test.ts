import { describe, expect, it } from 'vitest';
import { modelCard } from '#core/registry/model-card.ts';
import { compareRuns } from '#core/run/compare-runs.ts';
import { contractJsonSchema } from '#core/spec/json-schema.ts';
import { checkShape } from '#core/spec/parse-spec.ts';
import { proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import type { Spec, SpecCandidate } from '#core/spec/spec.ts';
import { readText } from '../support/csv.ts';
import { expectEndsWell, noise, tableOf } from '../support/experiment.ts';
import { refusalOf } from '../support/refusal.ts';
import { predictedBy, runWithout } from '../support/untargeted.ts';

/** Parcels whose four numbers come of two: how large they are, and how far they go. */
const size = (row: number): number => 10 * noise(row, 1);
const way = (row: number): number => 800 * noise(row, 2);
const csv = tableOf(300, {
  weight: (row) => (2 * size(row) + noise(row, 3)).toFixed(3),
  length: (row) => (12 * size(row) + 6 * noise(row, 4)).toFixed(1),
  way: (row) => way(row).toFixed(0),
  hours: (row) => (row % 11 === 0 ? '' : (way(row) / 40 + 2 * noise(row, 5)).toFixed(1)),
});

function candidate(parameters: SpecCandidate['parameters'] = {}, model = 'pca'): SpecCandidate {
  return { name: model, model, parameters };
}

function withCandidates(...others: readonly SpecCandidate[]): (spec: Spec) => Spec {
  const baseline = candidate({}, 'random_projection');
  return (spec) => ({ ...spec, candidates: [baseline, ...others] });
}

describe('dimensionality reduction', () => {
  it('finds the directions that are there, from the table to a file of components', async () => {
    const experiment = await runWithout('reduction', csv);
    expectEndsWell(experiment);
    const { record } = experiment.outcome;
    expect(record.contract.target).toEqual({ name: 'components', missing: [] });
    expect(record.best).toBe('PCA');
    const best = record.candidates.find(({ name }) => name === 'PCA');
    // Two of four directions: nearly all of the variance, where random ones keep half of it in the mean.
    expect(best?.metrics.test.explained_variance?.value).toBeGreaterThan(0.97);
    expect(best?.versusBaseline).toMatchObject({ real: true });
    expect(record.candidates[0]?.metrics.test.explained_variance?.value).toBeLessThan(0.9);

    const { features, kept, shares = [], loadings = [] } = best?.components ?? {};
    expect([features, kept, shares.length]).toEqual([4, 2, 4]);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    const strongest = loadings.map((list) =>
      list
        .slice(0, 2)
        .map(({ feature }) => feature)
        .sort(),
    );
    expect(strongest.sort()).toEqual([
      ['hours', 'way'],
      ['length', 'weight'],
    ]);
    expect(best?.map?.test.rows).toHaveLength(record.split.test);
    const lines = (await predictedBy(experiment)).split('\n');
    expect(lines[0]).toBe('weight,length,way,hours,component_1,component_2,reconstruction_error');
    const row = best?.map?.test.rows[0] ?? 0;
    expect(Number(lines[row]?.split(',')[4])).toBeCloseTo(best?.map?.test.first[0] ?? NaN, 3);
  });

  it('measures what it says: error and share of variance are of the same rows', async () => {
    const change = withCandidates(candidate({ keep: 'count', n_components: 4 }));
    const { record } = (await runWithout('reduction', csv, change)).outcome;
    const all = record.candidates[1]?.metrics.test;
    expect(all?.explained_variance?.value).toBeCloseTo(1, 9);
    expect(all?.reconstruction_rmse?.value).toBeCloseTo(0, 5);
  });

  it('goes over folds, and a replay has the same weights', async () => {
    const change = (spec: Spec): Spec => ({
      ...withCandidates(candidate({ keep: 'share', share: 0.9, whiten: true }))(spec),
      split: { ...spec.split, folds: 3 },
    });
    const first = await runWithout('reduction', csv, change);
    expectEndsWell(first);
    const again = await runWithout('reduction', csv, change);
    expect(compareRuns(first.outcome.record, again.outcome.record, true).differences).toEqual([]);
    const { record } = first.outcome;
    for (const { crossValidation } of record.candidates) {
      expect(crossValidation?.metrics.explained_variance?.mean).toBeTypeOf('number');
    }
    const card = modelCard(record);
    expect(card).toContain('**Principal components** for describing rows by fewer numbers');
    expect(card).toContain('components, = session.run(["components"], record)');
    expect(card).toMatch(/\| component 1 \| \d+\.\d% \| `(way|hours|length|weight)` [+−]0\.\d+/);
    expect(contractJsonSchema(record.contract)['x-terrarium']).toMatchObject({
      task: 'reduction',
      answer: 'components',
    });
  });

  it('keeps no component that does not vary, and says so', async () => {
    const doubled = tableOf(60, {
      a: (row) => noise(row, 1).toFixed(3),
      b: (row) => (2 * Number(noise(row, 1).toFixed(3))).toFixed(3),
      c: () => 5,
    });
    const change = withCandidates(candidate({ n_components: 3 }));
    const { record } = (await runWithout('reduction', doubled, change)).outcome;
    expect(record.candidates[1]?.components?.kept).toBe(1);
    expect(record.candidates[1]?.warnings.join()).toMatch(
      /vary in 1 direction only, so there are 1 of the 3 components/,
    );
    expect(record.candidates[1]?.map?.test.second.every((value) => value === 0)).toBe(true);
  });

  it.each([
    [
      'more components than features',
      withCandidates(candidate({ n_components: 5 })),
      csv,
      /n_components is 5, and there are 4 features after the steps/,
    ],
    [
      'more components than rows',
      withCandidates(candidate({ n_components: 9 })),
      tableOf(
        14,
        Object.fromEntries(
          Array.from({ length: 12 }, (_, j) => [`x${j}`, (row: number) => noise(row, j + 1)]),
        ),
      ),
      /n_components is 9, and there are 8 training rows/,
    ],
    [
      'columns that are all constant',
      withCandidates(candidate()),
      tableOf(40, { a: () => 'x', b: () => 3 }),
      /all 24 training rows are alike after the steps/,
    ],
    [
      'missing values that no step fills',
      (spec: Spec): Spec => ({
        ...spec,
        steps: spec.steps.filter(({ step }) => step !== 'impute'),
      }),
      csv,
      /feature "hours": a value is still missing/,
    ],
  ] as const)('refuses %s', async (_, change, text, said) => {
    const refused = await refusalOf(() => runWithout('reduction', text, change));
    expect(refused.message).toMatch(said);
  });

  it.each([
    [
      'a target',
      { target: 'weight' },
      /^target is "weight", and dimensionality reduction learns from no target/,
    ],
    ['a metric of another task', { metric: 'silhouette' }, /does not fit the task reduction/],
  ])('refuses a spec with %s', async (_, part, said) => {
    const { info } = await readText(csv);
    const refused = await refusalOf(() =>
      checkShape({ ...proposeWithoutTarget(info, 'reduction'), ...part }),
    );
    expect(refused.message).toMatch(said);
  });
});
