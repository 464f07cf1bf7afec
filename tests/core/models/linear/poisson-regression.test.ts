import { describe, expect, it } from 'vitest';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { poissonRegression } from '#core/models/linear/poisson-regression.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { expectEndsWell, noise, runCsv, tableOf } from '../../../support/experiment.ts';
import { expectSentence } from '../../../support/refusal.ts';
import { drawTraining, trainToEnd } from '../../../support/training-data.ts';

async function trained(
  given: Readonly<Record<string, number>>,
  data: TrainingData,
): Promise<TrainedModel> {
  if (poissonRegression.train === undefined) throw new Error('no trainer');
  const parameters = resolveParameters(poissonRegression.parameters, given, 'poisson_regression');
  return (await trainToEnd(poissonRegression.train, data, parameters)).model;
}

describe('Poisson regression', () => {
  it('answers the same however the target was standardized', async () => {
    const drawn = drawTraining('regression', { seed: 1 });
    const amounts = drawn.target.map((value) => Math.floor(Math.exp(value)));
    const raw = { ...drawn, target: amounts, targetScale: { mean: 0, standardDeviation: 1 } };
    const scaled = {
      ...drawn,
      target: amounts.map((amount) => (amount - 7) / 3),
      targetScale: { mean: 7, standardDeviation: 3 },
    };
    const given = { alpha: 0.1, tol: 1e-12, max_iter: 2000 };
    const own = await (await trained(given, raw)).predict(raw.features);
    const other = await (await trained(given, scaled)).predict(raw.features);
    for (const [i, value] of other.entries()) expect(3 * value + 7).toBeCloseTo(own[i] ?? NaN, 4);
    expect(own.every((value) => value > 0)).toBe(true);
  });

  it('far outside the training rows its answers are still numbers', async () => {
    const data = drawTraining('regression', { seed: 1 });
    const model = await trained({ alpha: 1e-6 }, data);
    const values = data.features.values.map((value) => 1e30 * value);
    const answers = await model.predict({ ...data.features, values });
    expect(answers.every(Number.isFinite)).toBe(true);
  });

  it('says where it stopped before it converged', async () => {
    const data = drawTraining('regression', { seed: 1 });
    const { warnings } = await trained({ alpha: 0, tol: 1e-12, max_iter: 1 }, data);
    expectSentence(warnings[0] ?? '');
    expect(warnings[0]).toMatch(/stopped after 1 iterations/);
  });

  const run = (visits: (row: number) => number) =>
    runCsv(tableOf(120, { size: (row) => noise(row, 1).toFixed(3), visits }), 'visits', (spec) => ({
      ...spec,
      task: 'regression',
      metric: 'rmse',
      candidates: [
        { name: 'baseline', model: 'mean', parameters: {} },
        { name: 'counts', model: 'poisson_regression', parameters: { alpha: 1e-3 } },
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
      'Row 41: the target "visits" is -3, and "counts" (Poisson regression) learns values of at least 0.',
    );
  });
});
