import { expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { ridge } from '#core/models/linear/ridge.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { thrownBy } from '../../../support/refusal.ts';
import { trainToEnd } from '../../../support/training-data.ts';

/** Two columns of a thousand million, and a target that follows both; `twice` repeats the first. */
function large({ twice }: { readonly twice: boolean }): TrainingData {
  const random = new RandomStream(3);
  const width = twice ? 3 : 2;
  const values = new Float32Array(80 * width);
  const target = Float64Array.from({ length: 80 }, (_, i) => {
    const [a, b] = [random.normal(), random.normal()];
    values.set(twice ? [1e9 * a, 1e9 * b, 1e9 * a] : [1e9 * a, 1e9 * b], i * width);
    return a - 2 * b + random.normal() / 9;
  });
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  return { task: 'regression', features: { rows: 80, width, values, names }, target, outputs: 1 };
}

async function answers(data: TrainingData, alpha: number): Promise<Float32Array> {
  const parameters = resolveParameters(ridge.parameters, { alpha }, 'ridge');
  const { model } = await trainToEnd(ridge.train ?? expect.fail(), data, parameters, 1, data);
  return model.predict(data.features);
}

it('columns of large numbers that repeat each other share their coefficient, beside which the penalty is lost', async () => {
  const single = await answers(large({ twice: false }), 1);
  const double = await answers(large({ twice: true }), 1);
  for (const [i, answer] of double.entries()) expect(answer).toBeCloseTo(single[i] ?? NaN, 5);
});

it('without a penalty such columns are refused', async () => {
  const error = await thrownBy(() => answers(large({ twice: true }), 0));
  expect(error.message).toContain('with alpha = 0 the features do not determine the coefficients');
});
