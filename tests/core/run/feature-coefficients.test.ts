import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { sparseMatrix, type FeatureMatrix } from '#core/features/matrix.ts';
import { linearWeights } from '#core/models/linear/linear-model.ts';
import { modelCard } from '#core/registry/model-card.ts';
import { featureCoefficients } from '#core/run/feature-coefficients.ts';
import { weightsSha256 } from '#core/run/weights-hash.ts';
import { runRecordSchema } from '#core/spec/run-record.ts';
import { expectSentence } from '../../support/refusal.ts';
import { candidateOf, expectEndsWell, noise, runCsv, tableOf } from '../../support/experiment.ts';

const namesOf = (width: number): string[] => Array.from({ length: width }, (_, j) => `x${j}`);
const over = (features: FeatureMatrix): Pick<TrainingData, 'features' | 'targetScale'> => ({
  features,
  targetScale: { mean: 100, standardDeviation: 10 },
});
const model = (coefficients: readonly number[], intercepts: readonly number[]) => ({
  weights: linearWeights(
    Float64Array.from(coefficients),
    Float64Array.from(intercepts),
    coefficients.length / intercepts.length,
  ),
});

describe('coefficients of a linear model', () => {
  it('are in the target’s unit, the largest times its feature’s deviation first', async () => {
    const values = Float32Array.of(0, 5, 1, 2, 5, -1, 4, 5, 1, 2, 5, -1);
    const train = over({ rows: 4, width: 3, values, names: namesOf(3) });
    const own = model([0.3, 7, -0.5], [0.25]);
    const before = await weightsSha256(own.weights);
    const { coefficients } = await featureCoefficients({ linear: 'answer' }, own, train);
    expect(coefficients).toEqual({
      of: 'answer',
      features: 3,
      outputs: [
        {
          intercept: 102.5,
          largest: [
            { feature: 'x2', coefficient: -5, deviation: 1 },
            { feature: 'x0', coefficient: 3, deviation: Math.SQRT2 },
            { feature: 'x1', coefficient: 70, deviation: 0 },
          ],
        },
      ],
    });
    expect(await weightsSha256(own.weights)).toBe(before);
  });

  it('of a logarithm are not of the target’s unit', async () => {
    const train = over({ rows: 2, width: 1, values: Float32Array.of(1, 3), names: ['only'] });
    const { coefficients } = await featureCoefficients(
      { linear: 'logarithm' },
      model([0.5], [2]),
      train,
    );
    expect(coefficients?.outputs).toEqual([
      { intercept: 2, largest: [{ feature: 'only', coefficient: 0.5, deviation: 1 }] },
    ]);
  });

  it('of two classes are the second’s, of more those of each up to 50', async () => {
    const features = { rows: 2, width: 1, values: Float32Array.of(0, 2), names: ['only'] };
    const logistic = { linear: 'log_odds' } as const;
    const two = await featureCoefficients(
      logistic,
      model([0, 3], [0, -1]),
      { features },
      {
        classes: ['no', 'yes'],
      },
    );
    expect(two.coefficients?.outputs).toEqual([
      { class: 'yes', intercept: -1, largest: [{ feature: 'only', coefficient: 3, deviation: 1 }] },
    ]);
    const classes = Array.from({ length: 60 }, (_, k) => `class ${k}`);
    const many = await featureCoefficients(
      logistic,
      model(
        classes.map((_, k) => k),
        classes.map(() => 0),
      ),
      { features },
      { classes },
    );
    expect(many.coefficients?.outputs.map((one) => one.class)).toEqual(classes.slice(0, 50));
    expect(many.coefficients?.outputs[7]?.largest[0]?.coefficient).toBe(7);
  });

  it('of 10,000 sparse features are the largest twenty, with the deviations of all rows', async () => {
    const [rows, width] = [40, 10_000];
    const starts = Int32Array.from({ length: rows + 1 }, (_, i) => i * 2);
    const places = Int32Array.from({ length: rows * 2 }, (_, at) =>
      at % 2 === 0 ? at / 2 : 5000 + (at - 1) / 2,
    );
    const sparse = { starts, places, values: new Float32Array(rows * 2).fill(2) };
    const features = sparseMatrix({ rows, width, names: namesOf(width) }, sparse);
    const own = model(
      Array.from({ length: width }, (_, j) => (j === 5003 ? -9 : j % 7)),
      [0],
    );
    const { coefficients } = await featureCoefficients({ linear: 'answer' }, own, { features });
    expect(coefficients?.features).toBe(width);
    const largest = coefficients?.outputs[0]?.largest ?? [];
    expect(largest).toHaveLength(20);
    // A feature that is 2 in one of forty rows; features that no row has weigh nothing, however large their coefficient.
    expect(largest[0]).toMatchObject({ feature: 'x5003', coefficient: -9 });
    expect(largest[0]?.deviation).toBeCloseTo(2 * Math.sqrt((1 / 40) * (39 / 40)), 12);
    expect(largest.every(({ deviation }) => deviation > 0)).toBe(true);
  });

  it('are left out with the reason where JSON has no number for them, and no zero is negative', async () => {
    const features = { rows: 2, width: 1, values: Float32Array.of(-3e38, 3e38), names: ['far'] };
    const far = await featureCoefficients({ linear: 'answer' }, model([1e300], [0]), { features });
    const { reason = '', ...others } = far.coefficients ?? expect.fail('nothing of them');
    expect(others).toEqual({ of: 'answer', features: 1, outputs: [] });
    expectSentence(reason);
    expect(reason).toContain('largest number of 64 bits');
    expect(reason).not.toContain('target');
    const large = model([1], [1e308]);
    const own = await featureCoefficients({ linear: 'answer' }, large, over(features));
    expect(own.coefficients?.reason).toContain('in the target’s own unit');
    const odds = await featureCoefficients({ linear: 'log_odds' }, large, over(features));
    expect(odds.coefficients?.outputs).toHaveLength(1);
    expect(odds.coefficients?.reason).toBeUndefined();
    const none = await featureCoefficients({ linear: 'answer' }, model([-0], [0]), { features });
    expect(Object.is(none.coefficients?.outputs[0]?.largest[0]?.coefficient, 0)).toBe(true);
  });

  it('are cancelled', async () => {
    const features = { rows: 2, width: 1, values: Float32Array.of(0, 1), names: ['x'] };
    const options = { signal: AbortSignal.abort() };
    await expect(
      featureCoefficients({ linear: 'answer' }, model([1], [0]), { features }, options),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});

/** Names that mean something in Markdown, HTML, JavaScript and spreadsheets; one column never varies. */
const odd = ['a|b', '`tick`', '<b>bold</b>', '__proto__', '=1+1', 'naïve 数', 'two\nlines'];
const csv = tableOf(120, {
  ...Object.fromEntries(odd.map((name, j) => [name, (row: number) => noise(row, j).toFixed(3)])),
  size: (row) => (5 * noise(row, 20)).toFixed(3),
  value: (row) => (20 + 5 * noise(row, 20) + noise(row, 0)).toFixed(3),
});

describe('a run with linear models', () => {
  it('keeps coefficients of each and none of others, whatever columns are called', async () => {
    const done = await runCsv(csv, 'value', (spec) => ({
      ...spec,
      candidates: [
        { name: 'baseline', model: 'mean', parameters: {} },
        { name: 'trees', model: 'decision_tree', parameters: {} },
        ...['ridge', 'lasso', 'elastic_net', 'quantile_regression', 'poisson_regression'].map(
          (name) => ({ name, model: name, parameters: {} }),
        ),
      ],
    }));
    expectEndsWell(done);
    const { record } = done.outcome;
    const [baseline, trees, ...linear] = record.candidates;
    expect(baseline?.coefficients).toBeUndefined();
    expect(trees?.coefficients).toBeUndefined();
    for (const { name, coefficients } of linear) {
      expect(coefficients?.outputs[0]?.largest[0]?.feature, name).toBe('size');
      const features = coefficients?.outputs[0]?.largest.map(({ feature }) => feature);
      expect(features).toEqual(expect.arrayContaining(odd));
    }
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
    const card = modelCard({ ...record, best: 'ridge' });
    const table = card.split('## Coefficients')[1]?.split('\n\n')[1] ?? '';
    expect(table.split('\n')).toHaveLength(3 + 8);
    expect(table).toMatch(/^\| intercept \| [\d.]+ \| \|$/m);
    expect(table).toContain('| `a\\|b` | ');
    expect(table).toContain('| `two lines` | ');
    expect(card).toContain('changes `value` by its coefficient');
  });

  it('says of one whose coefficient is too large for any number why there is none', async () => {
    // One unit more of the feature would be some 10^328 more of the target.
    const large = tableOf(120, {
      size: (row) => `${(0.1 + noise(row, 20)).toFixed(5)}e-25`,
      value: (row) => `${(1 + 3 * noise(row, 20) + noise(row, 0) / 10).toFixed(5)}e303`,
    });
    const done = await runCsv(large, 'value', (spec) => ({
      ...spec,
      steps: [],
      candidates: [
        { name: 'baseline', model: 'mean', parameters: {} },
        { name: 'ridge', model: 'ridge', parameters: { alpha: 0 } },
        { name: 'lasso', model: 'lasso', parameters: {} },
      ],
    }));
    expectEndsWell(done);
    const { coefficients, metrics } = candidateOf(done, 'ridge');
    expect(metrics.test.r2?.value).toBeGreaterThan(0.99);
    expect(coefficients).toMatchObject({ of: 'answer', features: 1, outputs: [] });
    const reason = coefficients?.reason ?? expect.fail('no reason');
    expect(candidateOf(done, 'lasso').coefficients?.outputs).toHaveLength(1);
    const card = modelCard({ ...done.outcome.record, best: 'ridge' });
    expect(card).toContain(`## Coefficients\n\n${reason}\n`);
  });

  it('of classes keeps them by class; a record without any is read as before', async () => {
    const classes = tableOf(150, {
      length: (row) => (10 * noise(row)).toFixed(3),
      kind: (row) => ['short', 'middle', 'long'][Math.floor(3 * noise(row))] ?? '',
    });
    const done = await runCsv(classes, 'kind', (spec) => ({
      ...spec,
      candidates: spec.candidates.filter(({ model: name }) => name !== 'mlp'),
    }));
    expectEndsWell(done);
    const { coefficients } = candidateOf(done, 'logistic_regression');
    expect(coefficients?.outputs.map((one) => one.class)).toEqual(['long', 'middle', 'short']);
    const [long, , short] = coefficients?.outputs ?? [];
    expect(long?.largest[0]?.coefficient).toBeGreaterThan(0);
    expect(short?.largest[0]?.coefficient).toBeLessThan(0);
    const { record } = done.outcome;
    const text = JSON.stringify(record, (key, value: unknown) =>
      key === 'coefficients' ? undefined : value,
    );
    const older = v.parse(runRecordSchema, JSON.parse(text));
    expect(older.candidates.every((one) => one.coefficients === undefined)).toBe(true);
    expect(modelCard({ ...older, best: 'logistic' })).not.toContain('## Coefficients');
    expect(modelCard({ ...record, best: 'logistic' })).toContain('| `short` | ');
  });
});
