import { describe, expect, it } from 'vitest';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { gradientBoosting } from '#core/models/trees/gradient-boosting.ts';
import { sampleQuantile } from '#core/models/trees/losses/sample-quantile.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import { expectEndsWell, noise, runCsv, tableOf } from '../../../support/experiment.ts';
import { drawTraining, trainToEnd } from '../../../support/training-data.ts';

async function trained(given: ParameterValues, data: TrainingData): Promise<TrainedModel> {
  if (gradientBoosting.train === undefined) throw new Error('no trainer');
  const parameters = resolveParameters(gradientBoosting.parameters, given, 'boosting');
  return (await trainToEnd(gradientBoosting.train, data, { patience: 0, ...parameters })).model;
}

describe('a quantile of numbers', () => {
  it('lies between two neighbours in proportion', () => {
    expect(sampleQuantile(Float64Array.of(4, 1, 3, 2), undefined, 0.5)).toBe(2.5);
    expect(sampleQuantile(Float64Array.of(10, 20), undefined, 0.25)).toBe(12.5);
    expect(sampleQuantile(Float64Array.of(7), undefined, 0.9)).toBe(7);
  });

  it('with weights is a number up to which at least that share of the weight lies', () => {
    const values = Float64Array.of(4, 1, 3, 2);
    expect(sampleQuantile(values, Float64Array.of(1, 1, 1, 1), 0.5)).toBe(2);
    expect(sampleQuantile(values, Float64Array.of(1, 5, 1, 1), 0.5)).toBe(1);
    expect(sampleQuantile(values, Float64Array.of(1, 0, 1, 0), 0.01)).toBe(3);
  });
});

describe('gradient boosting of values', () => {
  it('of a quantile has about that share of rows below its answers', async () => {
    const data = drawTraining('regression', { seed: 1, rows: 2000 });
    for (const quantile of [0.1, 0.9]) {
      const model = await trained({ loss: 'quantile', quantile }, data);
      const answers = await model.predict(data.features);
      const below = data.target.filter((value, i) => value < (answers[i] ?? NaN)).length;
      expect(below / 2000).toBeGreaterThan(quantile - 0.05);
      expect(below / 2000).toBeLessThan(quantile + 0.05);
    }
  });

  it('of absolute error is not moved by one far value, as squared error is', async () => {
    const data = drawTraining('regression', { seed: 2, rows: 300 });
    const far = { ...data, target: data.target.map((value, i) => (i === 7 ? 1e6 : value)) };
    const shift = async (loss: string): Promise<number> => {
      const [own, other] = [await trained({ loss }, data), await trained({ loss }, far)];
      const [a, b] = [await own.predict(data.features), await other.predict(data.features)];
      return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? NaN))), 0);
    };
    expect(await shift('absolute_error')).toBeLessThan(5);
    expect(await shift('squared_error')).toBeGreaterThan(1000);
  });

  it('of Poisson answers amounts above 0, the same however the target was standardized', async () => {
    const drawn = drawTraining('regression', { seed: 3, rows: 300 });
    const amounts = drawn.target.map((value) => Math.floor(Math.exp(value)));
    const raw = { ...drawn, target: amounts, targetScale: { mean: 0, standardDeviation: 1 } };
    const target = amounts.map((amount) => (amount - 7) / 3);
    const scaled = { ...drawn, target, targetScale: { mean: 7, standardDeviation: 3 } };
    const own = await (await trained({ loss: 'poisson' }, raw)).predict(raw.features);
    const other = await (await trained({ loss: 'poisson' }, scaled)).predict(raw.features);
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
        {
          name: 'counts',
          model: 'gradient_boosting',
          parameters: { loss: 'poisson', min_samples_leaf: 5 },
        },
      ],
    }));

  it('of Poisson runs from a table to a graph, and beats the mean', async () => {
    const experiment = await run((row) => Math.floor(Math.exp(4 * noise(row, 1)) + noise(row, 2)));
    expectEndsWell(experiment);
    expect(experiment.outcome.record.best).toBe('counts');
  });

  it('of Poisson refuses a target below 0 by its row', async () => {
    const refused = run((row) => (row === 40 ? -3 : Math.floor(40 * noise(row, 2))));
    await expect(refused).rejects.toMatchObject({ code: 'target_out_of_range', kind: 'input' });
    await expect(refused).rejects.toThrow(
      'Row 41: the target "visits" is -3, and "counts" (Gradient boosting) learns values of at least 0.',
    );
  });
});
