import { describe, expect, it } from 'vitest';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { quantileRegression } from '#core/models/linear/quantile-regression.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { expectSentence } from '../../../support/refusal.ts';
import { drawTraining, trainToEnd } from '../../../support/training-data.ts';

async function trained(
  given: Readonly<Record<string, number>>,
  data: TrainingData,
): Promise<TrainedModel> {
  if (quantileRegression.train === undefined) throw new Error('no trainer');
  const parameters = resolveParameters(quantileRegression.parameters, given, 'quantile_regression');
  return (await trainToEnd(quantileRegression.train, data, parameters)).model;
}

const data = drawTraining('regression', { seed: 1, rows: 200 });

describe('quantile regression', () => {
  it.each([0.05, 0.5, 0.8])('%s of the rows lie below the answers', async (quantile) => {
    const answers = await (await trained({ quantile, alpha: 0 }, data)).predict(data.features);
    const below = data.target.filter((y, i) => y < (answers[i] ?? 0) - 1e-6).length / 200;
    const above = data.target.filter((y, i) => y > (answers[i] ?? 0) + 1e-6).length / 200;
    expect(below).toBeLessThanOrEqual(quantile);
    expect(above).toBeLessThanOrEqual(1 - quantile);
  });

  it('one row far away changes no answer', async () => {
    const top = data.target.indexOf(Math.max(...data.target));
    const far = { ...data, target: data.target.map((y, i) => (i === top ? 1e6 : y)) };
    const answers = await (await trained({}, data)).predict(data.features);
    const other = await (await trained({}, far)).predict(data.features);
    for (const [i, value] of other.entries()) expect(value).toBeCloseTo(answers[i] ?? NaN, 4);
  });

  it.each([100, 1e6])('a penalty of %s leaves the median of the target alone', async (alpha) => {
    const odd = drawTraining('regression', { seed: 2, rows: 51 });
    const answers = await (await trained({ alpha }, odd)).predict(odd.features);
    const median = [...odd.target].sort((a, b) => a - b)[25] ?? NaN;
    for (const value of answers) expect(value).toBeCloseTo(median, 5);
  });

  it('learns from a single row, and from equal ones', async () => {
    for (const rows of [1, 4]) {
      const one = drawTraining('regression', { seed: 3, rows: 1 });
      const values = Float32Array.from(
        { length: 5 * rows },
        (_, i) => one.features.values[i % 5] ?? 0,
      );
      const same = {
        ...one,
        features: { ...one.features, rows, values },
        target: new Float64Array(rows).fill(0.5),
      };
      for (const value of await (await trained({}, same)).predict(same.features)) {
        expect(value).toBeCloseTo(0.5, 5);
      }
    }
  });

  it.each([0, 0.01])('bears a feature that repeats another, alpha %s', async (alpha) => {
    const { features } = data;
    const values = features.values.map((value, i) =>
      i % 5 === 4 ? (features.values[i - 4] ?? 0) : value,
    );
    const without = values.map((value, i) => (i % 5 === 4 ? 0 : value));
    const of = async (cells: Float32Array) => {
      const own = { ...data, features: { ...features, values: cells } };
      const model = await trained({ alpha }, own);
      expect(model.warnings).toEqual([]);
      return model.predict(own.features);
    };
    const [one, other] = [await of(values), await of(without)];
    for (const [i, value] of one.entries()) expect(value).toBeCloseTo(other[i] ?? NaN, 4);
  });

  it('says where it stopped before it converged', async () => {
    const { warnings } = await trained({ max_iter: 1 }, data);
    expectSentence(warnings[0] ?? '');
    expect(warnings[0]).toMatch(/above the least mean loss, with a tolerance of 1e-8/);
  });
});
