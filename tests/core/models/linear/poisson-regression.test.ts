import { describe, expect, it } from 'vitest';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { poissonRegression } from '#core/models/linear/poisson-regression.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
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
});
