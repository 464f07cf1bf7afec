import { describe, expect, it } from 'vitest';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { naiveBayes } from '#core/models/bayes/naive-bayes.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { expectSentence } from '../../../support/refusal.ts';
import { drawTraining, trainToEnd } from '../../../support/training-data.ts';

const classes = (outputs: number, rows = 90): TrainingData =>
  drawTraining('classification', { seed: 3, rows, outputs });

async function trained(
  given: Readonly<Record<string, number | string>>,
  data: TrainingData,
): Promise<TrainedModel> {
  if (naiveBayes.train === undefined) throw new Error('naive Bayes has no trainer');
  const parameters = resolveParameters(naiveBayes.parameters, given, 'naive_bayes');
  return (await trainToEnd(naiveBayes.train, data, parameters)).model;
}

describe('naive Bayes', () => {
  it('counts refuse a feature below 0, by its name', async () => {
    const refused = trained({ kind: 'multinomial' }, classes(3));
    await expect(refused).rejects.toMatchObject({ code: 'negative_count', kind: 'input' });
    const { message } = (await refused.catch((thrown: unknown) => thrown)) as Error;
    expectSentence(message);
    expect(message).toMatch(/the feature "x\d" has the value -\d/);
  });

  it.each(['gaussian', 'bernoulli'])(
    '%s learns from a single row and gives a class without rows no chance',
    async (kind) => {
      const data = { ...classes(3, 1), target: Float64Array.of(1) };
      const model = await trained({ kind }, data);
      for (const { values } of model.weights) expect(values.every(Number.isFinite)).toBe(true);
      expect([...(await model.predict(data.features))]).toEqual([0, 1, 0]);
    },
  );

  it('a feature that is the same everywhere changes nothing', async () => {
    const data = classes(2);
    const { width, rows, values } = data.features;
    const flat = values.map((value, i) => (i % width === 2 ? 1e6 : value));
    const without = values.map((value, i) => (i % width === 2 ? 0 : value));
    const of = async (cells: Float32Array) => {
      const features = { ...data.features, values: cells };
      return (await trained({}, { ...data, features })).predict(features);
    };
    const [one, other] = [await of(flat), await of(without)];
    expect(one).toHaveLength(2 * rows);
    for (const [i, share] of one.entries()) expect(share).toBeCloseTo(other[i] ?? NaN, 5);
  });
});
