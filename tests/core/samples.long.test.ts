import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from '#cli/prepare.mjs';
import { candidateOf, expectEndsWell, runDataset, withoutNetwork } from '../support/experiment.ts';
import { readFile } from '../support/read.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const targets: readonly (readonly [sample: string, target: string])[] = [
  ['penguins.csv', 'species'],
  ['penguins.csv', 'sex'],
  ['penguins.csv', 'body_mass_g'],
  ['seattle-weather.csv', 'weather'],
  ['seattle-weather.csv', 'temp_max'],
  ['gapminder.csv', 'life_expectancy'],
  ['state-of-the-union.csv', 'party'],
];
/** The presidents' names are in every history book; of anybody else's a run would want to know why. */
const decided = {
  president: {
    personal: {
      ...{ decision: 'keep', reason: 'Presidents are public figures.' },
      ...{ by: 'The test', at: '2026-01-31' },
    },
  },
} as const;
const sampleOf = (file: string) =>
  readFile(file, readFileSync(join(repository, 'public', 'samples', file)));

it.each(targets)(
  'every seed ends well on %s, %s: parity, and better than the baseline',
  async (sample, target) => {
    const dataset = await sampleOf(sample);
    for (const seed of seeds) {
      const columns = target === 'party' ? decided : {};
      const experiment = await runDataset(dataset, target, (spec) => ({ ...spec, columns, seed }));
      expectEndsWell(experiment);
      expect(candidateOf(experiment, 'mlp').versusBaseline?.real, `seed ${seed}`).toBe(true);
    }
  },
  600_000,
);

it.each([
  ['state-of-the-union.csv', 'party', 'text', ['year', 'president'], 'logistic_regression'],
  [
    'seattle-weather.csv',
    'temp_max',
    'date',
    ['precipitation', 'temp_min', 'wind', 'weather'],
    'ridge',
  ],
] as const)(
  '%s: a model of %s is better than the baseline by the column %s alone',
  async (sample, target, input, others, model) => {
    const experiment = await runDataset(await sampleOf(sample), target, (spec) => ({
      ...withoutNetwork(spec),
      columns: Object.fromEntries(others.map((name) => [name, { type: 'ignore' as const }])),
      steps: spec.steps.filter(({ columns }) => columns === 'text' || columns === 'datetime'),
    }));
    expectEndsWell(experiment);
    expect(experiment.outcome.record.contract.inputs.map(({ name }) => name)).toEqual([input]);
    expect(candidateOf(experiment, model).versusBaseline?.real).toBe(true);
  },
);

it('the digits are told apart by their pixels', async () => {
  const experiment = await runDataset(await sampleOf('digits.zip'), 'label');
  expectEndsWell(experiment);
  const { metrics } = candidateOf(experiment, 'logistic_regression');
  expect(metrics.test.accuracy?.value).toBeGreaterThan(0.95);
});
