import { describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { gradientBoosting } from '#core/models/trees/boosting/gradient-boosting.ts';
import { lambdaMart } from '#core/models/trees/boosting/lambda-mart.ts';
import { directionsOf } from '#core/models/trees/boosting/monotone.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import { noise, runCsv, tableOf } from '../../../support/experiment.ts';
import { expectSentence } from '../../../support/refusal.ts';
import { drawTraining, trainToEnd } from '../../../support/training-data.ts';

const parametersOf = (
  given: Readonly<Record<string, unknown>>,
  { parameters } = gradientBoosting,
): ParameterValues => resolveParameters(parameters, { patience: 0, ...given }, 'parameters');

/** The same row a hundred times, with rising values of one feature. */
function ramp(row: readonly number[], feature: number): TrainingData['features'] {
  const width = row.length;
  const values = Float32Array.from({ length: 100 * width }, (_, i) =>
    i % width === feature ? -3 + Math.floor(i / width) * 0.06 : (row[i % width] ?? 0),
  );
  return { rows: 100, width, values, names: row.map((_, j) => `x${j}`) };
}

describe('boosting with answers bound to features', () => {
  it.each([
    ['values', 'regression', 1, {}],
    ['amounts', 'regression', 1, { loss: 'poisson' }],
    ['two classes', 'classification', 2, {}],
    ['scores of a ranking', 'ranking', 1, {}],
  ] as const)('never answers the wrong way: %s', async (_, task, outputs, given) => {
    const estimator = task === 'ranking' ? lambdaMart : gradientBoosting;
    const random = new RandomStream(5);
    const drawn = drawTraining(task, { seed: 4, rows: 400, outputs });
    // x0 lifts the target and x1 lowers it: half of what is asked for goes against the data.
    const bound = { increasing: ['x1', 'x2'], decreasing: ['x3'], min_samples_leaf: 3, ...given };
    const { model } = await trainToEnd(
      estimator.train ?? expect.fail('no trainer'),
      drawn,
      parametersOf(bound, estimator),
    );
    let moved = 0;
    for (let round = 0; round < 60; round += 1) {
      const row = Array.from({ length: 5 }, () => (round % 7 === 0 ? NaN : random.normal()));
      for (const [feature, way] of [
        [1, 1],
        [2, 1],
        [3, -1],
      ] as const) {
        const answers = await model.predict(ramp(row, feature));
        const own = answers.filter((_answer, i) => i % outputs === outputs - 1);
        for (const [i, answer] of own.subarray(1).entries()) {
          const rise = way * (answer - (own[i] ?? NaN));
          expect(rise).toBeGreaterThanOrEqual(0);
          if (rise > 0) moved += 1;
        }
      }
    }
    expect(moved).toBeGreaterThan(0);
  });

  it.each([
    [{ increasing: ['x9'] }, {}, 'p.increasing: there is no feature "x9".'],
    [{ increasing: ['x1'], decreasing: ['x1'] }, {}, '"x1" cannot rise and fall at once'],
    [{ decreasing: ['x2'] }, { categories: true }, '"x2" holds categories, which have no order'],
    [{ increasing: ['x1'] }, { outputs: 4 }, 'of 4 classes no probability'],
    [{ increasing: ['x1'], loss: 'absolute_error' }, {}, 'with the loss absolute_error'],
    [{ decreasing: ['x1'], loss: 'quantile' }, {}, 'with the loss quantile'],
  ] as const)('refuses %j', (given, change: { outputs?: number; categories?: true }, said) => {
    const { features } = drawTraining('regression', { seed: 1 });
    const categories = Int32Array.of(0, 0, 3, 0, 0);
    const data = {
      outputs: change.outputs ?? 1,
      features: change.categories === true ? { ...features, categories } : features,
    };
    const asked = (): unknown => directionsOf(data, parametersOf(given), 'p');
    expect(asked).toThrow(said);
    try {
      asked();
    } catch (thrown) {
      expectSentence((thrown as Error).message);
    }
  });

  it('is refused before anything is trained, where the spec says it', async () => {
    const table = { size: (row: number) => noise(row, 1).toFixed(3), price: noise };
    const run = runCsv(tableOf(60, table), 'price', (spec) => ({
      ...spec,
      candidates: [
        ...spec.candidates.slice(0, 1),
        { name: 'b', model: 'gradient_boosting', parameters: { increasing: ['sise'] } },
      ],
    }));
    await expect(run).rejects.toMatchObject({
      code: 'cannot_be_monotone',
      kind: 'input',
      hint: 'Features: size.',
      details: { path: 'candidates[1].parameters.increasing' },
    });
  });
});
