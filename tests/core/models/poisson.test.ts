import { describe, expect, it } from 'vitest';
import { poissonRegression } from '#core/models/linear/poisson-regression.ts';
import { gradientBoosting } from '#core/models/trees/boosting/gradient-boosting.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { expectEndsWell, noise, runCsv, tableOf } from '../../support/experiment.ts';
import { drawTraining, trainToEnd } from '../../support/training-data.ts';

/* What learns amounts by Poisson's loss; what each does besides stands in its own test. */
describe.each([
  {
    estimator: gradientBoosting,
    given: { loss: 'poisson' },
    ofTable: { loss: 'poisson', min_samples_leaf: 5 },
  },
  {
    estimator: poissonRegression,
    given: { alpha: 0.1, tol: 1e-12, max_iter: 2000 },
    ofTable: { alpha: 1e-3 },
  },
])('$estimator.name by Poisson', ({ estimator, given, ofTable }) => {
  const { train, parameters, name, title } = estimator;

  it('answers amounts above 0, the same however the target was standardized', async () => {
    if (train === undefined) throw new Error('no trainer');
    const drawn = drawTraining('regression', { seed: 3, rows: 300 });
    const amounts = drawn.target.map((value) => Math.floor(Math.exp(value)));
    const raw = { ...drawn, target: amounts, targetScale: { mean: 0, standardDeviation: 1 } };
    const target = amounts.map((amount) => (amount - 7) / 3);
    const scaled = { ...drawn, target, targetScale: { mean: 7, standardDeviation: 3 } };
    const resolved = resolveParameters(parameters, given, name);
    const [own, other] = [
      await (await trainToEnd(train, raw, resolved)).model.predict(raw.features),
      await (await trainToEnd(train, scaled, resolved)).model.predict(raw.features),
    ];
    for (const [i, value] of other.entries()) expect(3 * value + 7).toBeCloseTo(own[i] ?? NaN, 4);
    expect(own.every((value) => value > 0)).toBe(true);
  });

  const run = (visits: (row: number) => number) =>
    runCsv(tableOf(120, { size: (row) => noise(row, 1).toFixed(3), visits }), 'visits', (spec) => ({
      ...spec,
      task: 'regression',
      metric: 'rmse',
      candidates: [
        { name: 'baseline', model: 'mean', parameters: {} },
        { name: 'counts', model: name, parameters: ofTable },
      ],
    }));

  it('runs from a table to a graph, and beats the mean', async () => {
    const experiment = await run((row) => Math.floor(Math.exp(4 * noise(row, 1)) + noise(row, 2)));
    expectEndsWell(experiment);
    expect(experiment.outcome.record.best).toBe('counts');
  });

  it('refuses a target below 0 by its row', async () => {
    const refused = run((row) => (row === 40 ? -3 : Math.floor(40 * noise(row, 2))));
    await expect(refused).rejects.toMatchObject({ code: 'target_out_of_range', kind: 'input' });
    await expect(refused).rejects.toThrow(
      `Row 41: the target "visits" is -3, and "counts" (${title}) learns values of at least 0.`,
    );
  });
});
