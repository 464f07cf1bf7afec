import { describe, expect, it } from 'vitest';
import { classWeight } from '#core/features/balance/class-weight.ts';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { weightOfType } from '#core/models/weight-tensor.ts';
import { expBelowZero } from '#core/models/linear/exp-below-zero.ts';
import { logisticRegression } from '#core/models/linear/logistic-regression.ts';
import { freeScores, logisticLoss } from '#core/models/linear/logistic-loss.ts';
import { RowBlocks } from '#core/models/linear/row-blocks.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { expectSentence } from '../../../support/refusal.ts';
import { drawTraining, trainToEnd } from '../../../support/training-data.ts';

const classes = (outputs: number, rows = 90): TrainingData =>
  drawTraining('classification', { seed: 1, rows, outputs });

async function trained(
  given: Readonly<Record<string, number | string>>,
  data: TrainingData,
): Promise<TrainedModel> {
  if (logisticRegression.train === undefined) throw new Error('no trainer');
  const parameters = resolveParameters(logisticRegression.parameters, given, 'logistic');
  return (await trainToEnd(logisticRegression.train, data, parameters)).model;
}

const coefficientsOf = ({ weights }: TrainedModel): Float64Array =>
  weightOfType(weights, 'coefficients', Float64Array).values;

describe('logistic regression', () => {
  it.each([2, 3])('a strong L1 penalty leaves the shares of %s classes alone', async (outputs) => {
    const data = classes(outputs);
    const model = await trained({ penalty: 'l1', C: 1e-4, tol: 1e-10 }, data);
    expect(coefficientsOf(model).every((w) => w === 0)).toBe(true);
    const answers = await model.predict(data.features);
    for (let k = 0; k < outputs; k += 1) {
      const share = data.target.filter((label) => label === k).length / data.target.length;
      expect(answers[k]).toBeCloseTo(share, 6);
    }
  });

  it.each(['l1', 'l2', 'none'])(
    'penalty %s: a row of weight 2 is the row twice',
    async (penalty) => {
      const data = classes(3);
      const { features, target } = data;
      const twice = {
        ...data,
        features: {
          ...features,
          rows: 91,
          values: Float32Array.of(...features.values, ...features.values.subarray(0, 5)),
        },
        target: Float64Array.of(...target, target[0] ?? 0),
      };
      const weights = target.map((_, i) => (i === 0 ? 2 : 1));
      const given = { penalty, tol: 1e-10, max_iter: 1000 };
      const repeated = await (await trained(given, twice)).predict(features);
      const counted = await (await trained(given, { ...data, weights })).predict(features);
      for (const [i, share] of counted.entries()) expect(share).toBeCloseTo(repeated[i] ?? NaN, 5);
    },
  );

  it.each(['l1', 'l2', 'none'])(
    'penalty %s: says where it stopped before it converged',
    async (penalty) => {
      const { warnings } = await trained({ penalty, max_iter: 1, tol: 1e-12 }, classes(3));
      expect(warnings).toHaveLength(1);
      expectSentence(warnings[0] ?? '');
      expect(warnings[0]).toMatch(/stopped after 1 iterations.*above the tolerance 1e-12/);
      expect((await trained({ penalty, max_iter: 3000 }, classes(3))).warnings).toEqual([]);
    },
  );

  it('by the weights of its classes, rare ones are found more often', async () => {
    const data = classes(2, 200);
    const rare = { ...data, target: data.target.map((label, i) => (i % 5 === 0 ? label : 0)) };
    const found = async (train: TrainingData): Promise<number> => {
      const answers = await (await trained({}, train)).predict(rare.features);
      return answers.filter((share, i) => i % 2 === 1 && share > 0.5).length;
    };
    const balanced = await classWeight.apply(rare, {
      parameters: {},
      random: new RandomStream(1),
      signal: new AbortController().signal,
      classes: [],
    });
    expect(await found(balanced)).toBeGreaterThan(await found(rare));
  });

  it('learns from a single row of three classes', async () => {
    const one = classes(3, 1);
    for (const penalty of ['l1', 'l2']) {
      const model = await trained({ penalty }, one);
      expect((await model.predict(one.features)).every(Number.isFinite)).toBe(true);
    }
  });
});

describe('its loss', () => {
  it.each([2, 4])('has the gradient of its differences, %s classes', async (outputs) => {
    const data = classes(outputs, 37);
    const weights = data.target.map((_, i) => (i % 3) / 2);
    const [sets, loss] = [freeScores(outputs), logisticLoss(outputs)];
    const blocks = await RowBlocks.over({ ...data, weights }, sets);
    const random = new RandomStream(5);
    const point = Float64Array.from({ length: 6 * sets }, () => random.normal());
    const gradient = new Float64Array(point.length);
    await blocks.mean(point, gradient, loss);
    for (const [at, slope] of gradient.entries()) {
      const moved = (step: number) => point.map((x, i) => (i === at ? x + step : x));
      const up = await blocks.mean(moved(1e-6), null, loss);
      const down = await blocks.mean(moved(-1e-6), null, loss);
      expect(slope).toBeCloseTo((up - down) / 2e-6, 6);
    }
  });

  it('takes exponentials that are right to the last digits', () => {
    const random = new RandomStream(1);
    for (let i = 0; i < 10_000; i += 1) {
      const x = -700 * random.uniform() * random.uniform();
      expect(Math.abs(expBelowZero(x) / Math.exp(x) - 1)).toBeLessThan(1e-15);
    }
    expect([0, -800, -Infinity, NaN].map(expBelowZero)).toEqual([1, 0, 0, 0]);
  });
});
