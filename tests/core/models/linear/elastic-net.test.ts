import { describe, expect, it } from 'vitest';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import type { WeightTensor } from '#core/models/weight-tensor.ts';
import { weightOfType } from '#core/models/weight-tensor.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { expectSentence } from '../../../support/refusal.ts';
import { drawTraining, trainToEnd } from '../../../support/training-data.ts';

const data = drawTraining('regression', { seed: 1, rows: 80 });

async function trained(
  name: string,
  given: Readonly<Record<string, number>>,
  on: TrainingData = data,
): Promise<TrainedModel> {
  const { train, parameters } = estimatorNamed(name);
  if (train === undefined) throw new Error(`${name} has no trainer`);
  return (await trainToEnd(train, on, resolveParameters(parameters, given, name))).model;
}

const coefficientsOf = ({ weights }: TrainedModel): WeightTensor<Float64Array> =>
  weightOfType(weights, 'coefficients', Float64Array);

describe('the lasso', () => {
  it('keeps the features that the target depends on, and sets the others to 0', async () => {
    const { values } = coefficientsOf(await trained('lasso', { alpha: 0.3 }));
    expect(values[0]).toBeGreaterThan(0.3);
    expect(values[1]).toBeLessThan(-0.3);
    expect([...values.subarray(2)]).toEqual([0, 0, 0]);
  });

  it('is an elastic net whose penalty is all L1', async () => {
    const alone = await trained('lasso', { alpha: 0.1 });
    const net = await trained('elastic_net', { alpha: 0.1, l1_ratio: 1 });
    expect(net.weights).toEqual(alone.weights);
  });

  it('says where it stopped before it converged', async () => {
    const { warnings } = await trained('lasso', { alpha: 1e-6, tol: 1e-14, max_iter: 1 });
    expect(warnings).toHaveLength(1);
    expectSentence(warnings[0] ?? '');
    expect(warnings[0]).toMatch(/stopped after 1 passes.*above the tolerance 1e-14/);
    expect((await trained('lasso', {})).warnings).toEqual([]);
  });

  it('learns the mean alone from a single row, and from equal ones', async () => {
    for (const rows of [1, 5]) {
      const one = drawTraining('regression', { seed: 2, rows: 1 });
      const features = {
        ...one.features,
        rows,
        values: Float32Array.from({ length: rows * 5 }, (_, i) => one.features.values[i % 5] ?? 0),
      };
      const same = { ...one, features, target: new Float64Array(rows).fill(0.5) };
      const model = await trained('lasso', {}, same);
      expect([...coefficientsOf(model).values]).toEqual([0, 0, 0, 0, 0]);
      expect(await model.predict(features)).toEqual(new Float32Array(rows).fill(0.5));
    }
  });

  it('a row of weight 2 is the row twice', async () => {
    const { features, target } = data;
    const twice = {
      ...data,
      features: {
        ...features,
        rows: 81,
        values: Float32Array.of(...features.values, ...features.values.subarray(0, 5)),
      },
      target: Float64Array.of(...target, target[0] ?? 0),
    };
    const mean = 81 / 80;
    const weights = Float64Array.from(target, (_, i) => (i === 0 ? 2 : 1) / mean);
    const tight = { alpha: 0.05, tol: 1e-14 };
    const repeated = coefficientsOf(await trained('elastic_net', tight, twice)).values;
    const counted = coefficientsOf(
      await trained('elastic_net', tight, { ...data, weights }),
    ).values;
    for (const [j, value] of counted.entries()) expect(value).toBeCloseTo(repeated[j] ?? NaN, 6);
  });
});
