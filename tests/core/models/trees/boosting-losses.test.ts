import { describe, expect, it } from 'vitest';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { gradientBoosting } from '#core/models/trees/boosting/gradient-boosting.ts';
import { sampleQuantile } from '#core/models/trees/boosting/losses/sample-quantile.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
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
});
