import { describe, expect, it } from 'vitest';
import { estimatorsFor } from '#core/models/registry.ts';
import { candidateOf, runCsv, tableOf, noise, expectEndsWell } from '../../support/experiment.ts';

const csv = tableOf(120, {
  size: (row) => noise(row, 1).toFixed(3),
  price: (row) => (row % 4 === 0 ? 1000 : 10 + 5 * noise(row, 2)).toFixed(3),
  kind: (row) => (noise(row, 3) > 0.3 ? 'a' : 'b'),
});

const ofTargets = (['classification', 'regression'] as const).flatMap((task) =>
  estimatorsFor({ task }).filter(({ baseline }) => baseline),
);

describe.each(ofTargets)('$name', ({ name, tasks }) => {
  it('may stand first in a spec, alone', async () => {
    const target = tasks[0] === 'regression' ? 'price' : 'kind';
    const run = await runCsv(csv, target, (spec) => ({
      ...spec,
      candidates: [{ name: 'baseline', model: name, parameters: {} }],
    }));
    expectEndsWell(run);
    expect(run.outcome.record.best).toBe('baseline');
  });
});

it('the median has the smaller absolute error, and the mean the smaller squared one', async () => {
  const run = await runCsv(csv, 'price', (spec) => ({
    ...spec,
    candidates: ['mean', 'median'].map((name) => ({ name, model: name, parameters: {} })),
  }));
  const [mean, median] = ['mean', 'median'].map((name) => candidateOf(run, name).metrics.test);
  expect(median?.mae?.value).toBeLessThan(mean?.mae?.value ?? NaN);
  expect(mean?.rmse?.value).toBeLessThan(median?.rmse?.value ?? NaN);
});
