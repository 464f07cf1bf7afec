import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from '#cli/prepare.mjs';
import { candidateOf, expectEndsWell, runCsv } from '../support/experiment.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const targets: readonly (readonly [sample: string, target: string])[] = [
  ['penguins', 'species'],
  ['penguins', 'sex'],
  ['penguins', 'body_mass_g'],
  ['seattle-weather', 'weather'],
  ['seattle-weather', 'temp_max'],
];

it.each(targets)(
  'every seed ends well on %s, %s: parity, and better than the baseline',
  async (sample, target) => {
    const csv = readFileSync(join(repository, 'public', 'samples', `${sample}.csv`), 'utf8');
    for (const seed of seeds) {
      const experiment = await runCsv(csv, target, (spec) => ({ ...spec, seed }));
      expectEndsWell(experiment);
      expect(candidateOf(experiment, 'mlp').versusBaseline?.real, `seed ${seed}`).toBe(true);
    }
  },
  300_000,
);
