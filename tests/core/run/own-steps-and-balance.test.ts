import { describe, expect, it } from 'vitest';
import type { Spec } from '#core/spec/spec.ts';
import {
  expectEndsWell,
  noise,
  runCsv,
  tableOf,
  type Experiment,
} from '../../support/experiment.ts';
import { refusalOf } from '../../support/refusal.ts';
import { readSpec, specWith } from '../../support/spec.ts';

/** One row in eight is rare; a fifth of the weights are missing. */
const csv = tableOf(400, {
  length: (row) => (noise(row) + (row % 8 === 0 ? 0.6 : 0)).toFixed(3),
  weight: (row) => (noise(row, 1) < 0.2 ? '' : (10 * noise(row, 2)).toFixed(2)),
  kind: (row) => (row % 8 === 0 ? 'rare' : 'common'),
});
const baseline = { name: 'baseline', model: 'majority', parameters: {} };
const logistic = { model: 'logistic_regression', parameters: {} };

function run(candidates: Spec['candidates'], change: Partial<Spec> = {}): Promise<Experiment> {
  return runCsv(csv, 'kind', (spec) => ({ ...spec, candidates, ...change }));
}

function rareFound({ outcome }: Experiment, name: string): number {
  const found = outcome.record.candidates.find((candidate) => candidate.name === name);
  return found?.confusion?.test[1]?.[1] ?? NaN;
}

describe('a candidate with balanced classes', () => {
  const methods = ['class_weight', 'oversample', 'undersample', 'smote'];
  const balanced = run([
    baseline,
    { name: 'plain', ...logistic },
    ...methods.map((method) => ({
      name: method,
      ...logistic,
      balance: { method, parameters: {} },
    })),
  ]);

  it('finds more of the rare rows, measured on the same rows as the others', async () => {
    const done = await balanced;
    expectEndsWell(done);
    const total = (name: string) =>
      done.outcome.record.candidates
        .find((candidate) => candidate.name === name)
        ?.confusion?.test.flat()
        .reduce((sum, count) => sum + count, 0);
    for (const method of methods) {
      expect(rareFound(done, method), method).toBeGreaterThan(rareFound(done, 'plain'));
      expect(total(method)).toBe(total('plain'));
    }
  });

  it('may be weighed by numbers, also where rows have weights and in folds', async () => {
    const weigh = (rare: number) => ({
      balance: { method: 'given_weights', parameters: { weights: { rare } } },
    });
    const { split } = (await balanced).spec;
    const done = await run(
      [
        baseline,
        { name: 'plain', ...logistic },
        { name: 'by one', ...logistic, ...weigh(1) },
        { name: 'by seven', ...logistic, ...weigh(7) },
        { name: 'network', model: 'mlp', parameters: { epochs: 5 }, ...weigh(7) },
      ],
      { split: { ...split, folds: 2 } },
    );
    expectEndsWell(done);
    const [, plain, one, seven] = done.outcome.record.candidates;
    expect(one?.metrics).toEqual(plain?.metrics);
    expect(rareFound(done, 'by seven')).toBeGreaterThan(rareFound(done, 'plain'));
    expect(seven?.crossValidation?.folds).toHaveLength(2);
    expect(done.outcome.record.spec.candidates[3]?.balance?.parameters).toEqual({
      weights: { rare: 7 },
    });
  });

  it.each([
    [{ late: 2 }, /there is no class "late"/],
    [{ rare: 0, common: 0 }, /every class counts 0/],
  ])(
    'is refused before anything is trained where weights do not fit: %j',
    async (weights, text) => {
      const balance = { method: 'given_weights', parameters: { weights } };
      const error = await refusalOf(() => run([baseline, { name: 'odd', ...logistic, balance }]));
      expect(error.details?.path).toBe('candidates[1].balance.parameters.weights');
      expect(error.message).toMatch(text);
    },
  );

  it('is written out in the record, and another run draws the same', async () => {
    const { record } = (await balanced).outcome;
    expect(record.spec.candidates[5]?.balance).toEqual({
      method: 'smote',
      parameters: { k_neighbors: 5 },
    });
    const smote = record.spec.candidates.slice(5);
    const again = await run([baseline, ...smote]);
    expect(again.outcome.record.candidates[1]?.weightsSha256).toBe(
      record.candidates[5]?.weightsSha256,
    );
  });

  it('balances the training rows of each fold', async () => {
    const { split } = (await balanced).spec;
    const oversampled = {
      name: 'over',
      ...logistic,
      balance: { method: 'oversample', parameters: {} },
    };
    const done = await run([baseline, oversampled], { split: { ...split, folds: 3 } });
    expectEndsWell(done);
    expect(done.outcome.record.candidates[1]?.crossValidation?.folds).toHaveLength(3);
  });

  it('that cannot be balanced is a failure beside the others', async () => {
    const smote = { method: 'smote', parameters: { k_neighbors: 100 } };
    const { outcome } = await run([baseline, { name: 'smote', ...logistic, balance: smote }]);
    expect(outcome.record.failures).toMatchObject([{ error: { code: 'smote_too_few' } }]);
    expect(outcome.record.failures?.[0]?.error.message).toContain('"rare"');
  });

  it.each([
    ['candidates[1].balance.method', { method: 'bootstrap' }],
    [
      'candidates[1].balance.parameters.k_neighbors',
      { method: 'smote', parameters: { k_neighbors: 0 } },
    ],
    [
      'candidates[1].balance.parameters.weights',
      { method: 'given_weights', parameters: { weights: { setosa: -1 } } },
    ],
    ['candidates[1].balance.parameters.k', { method: 'oversample', parameters: { k: 5 } }],
    ['candidates[1].balance', 'smote'],
  ])('is refused at %s: %j', async (path, balance) => {
    const error = await refusalOf(() => readSpec(specWith('candidates[1].balance', balance)));
    expect(error.details?.path).toBe(path);
  });

  it('needs a model that takes weights for class_weight, and classes', async () => {
    const byWeights = { method: 'class_weight', parameters: {} };
    const neighbours = { name: 'near', model: 'nearest_neighbours', parameters: {} };
    const error = await refusalOf(() => run([baseline, { ...neighbours, balance: byWeights }]));
    expect(error.message).toContain('Nearest neighbours takes no weights');
    const price = { task: 'regression', target: 'length', metric: 'rmse' } as const;
    const mean = { ...baseline, model: 'mean' };
    const ridge = { name: 'ridge', model: 'ridge', parameters: {} };
    const balance = { method: 'oversample', parameters: {} };
    const regression = await refusalOf(() => run([mean, { ...ridge, balance }], price));
    expect(regression.details?.path).toBe('candidates[1].balance');
  });
});

describe('a candidate with steps of its own', () => {
  const ownSteps = [
    { step: 'impute', columns: 'numeric' as const, parameters: { strategy: 'mean' } },
  ];

  it('goes through them in place of the spec’s, in the file that ships as well', async () => {
    const done = await run([
      baseline,
      { name: 'shared', ...logistic },
      { name: 'own', ...logistic, steps: ownSteps },
    ]);
    expectEndsWell(done);
    const [, shared, own] = done.outcome.record.candidates;
    expect(own?.weightsSha256).not.toBe(shared?.weightsSha256);
    const alone = await run([baseline, { name: 'alone', ...logistic }], { steps: ownSteps });
    expect(alone.outcome.record.candidates[1]?.weightsSha256).toBe(own?.weightsSha256);
    expect(done.outcome.record.spec.candidates[2]?.steps?.[0]?.parameters).toMatchObject({
      strategy: 'mean',
    });
  });

  it('is refused where values stay missing that the model does not take', async () => {
    const error = await refusalOf(() => run([baseline, { name: 'own', ...logistic, steps: [] }]));
    expect(error.message).toMatch(/row \d+, feature "weight".*"own"/);
  });

  it('may keep missing values where the model takes them', async () => {
    const boosting = { name: 'boosting', model: 'gradient_boosting', parameters: {}, steps: [] };
    expectEndsWell(await run([baseline, boosting]));
  });

  it.each([
    ['candidates[1].steps[0].step', [{ step: 'no_such', columns: 'numeric' }]],
    ['candidates[1].steps[0].columns', [{ step: 'scale', columns: ['nowhere'] }]],
    ['candidates[1].steps[0].columns', [{ step: 'scale', columns: ['island'] }]],
  ])('is refused at %s', async (path, steps) => {
    const error = await refusalOf(() => readSpec(specWith('candidates[1].steps', steps)));
    expect(error.details?.path).toBe(path);
  });
});
