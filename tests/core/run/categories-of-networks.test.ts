import { describe, expect, it } from 'vitest';
import type { Spec, SpecCandidate } from '#core/spec/spec.ts';
import {
  expectEndsWell,
  noise,
  runCsv,
  tableOf,
  type Experiment,
} from '../../support/experiment.ts';
import { refusalOf } from '../../support/refusal.ts';

const towns = ['Ulm', 'Jena', 'Kiel', 'Bonn', 'Gera', 'Hamm'];

/** The town tells nearly all of the price, in no order; a twentieth of the towns is missing, and the last one comes once. */
const csv = tableOf(300, {
  town: (row) => (row === 299 ? 'Aalen' : noise(row, 1) < 0.05 ? '' : (towns[townOf(row)] ?? '')),
  area: (row) => (noise(row, 3) < 0.1 ? '' : (20 + 60 * noise(row, 2)).toFixed(1)),
  price: (row) => (1000 * ((townOf(row) * 5) % 6) + 100 * noise(row, 5)).toFixed(0),
});

function townOf(row: number): number {
  return Math.floor(6 * noise(row, 4));
}

const baseline: SpecCandidate = { name: 'baseline', model: 'mean', parameters: {} };
const codes = { step: 'ordinal', columns: 'categorical', parameters: {} } as const;
const fill = { step: 'impute', columns: 'numeric', parameters: {} } as const;
const scale = { step: 'scale', columns: 'numeric', parameters: {} } as const;

function run(...candidates: readonly SpecCandidate[]): Promise<Experiment> {
  return runCsv(csv, 'price', (spec): Spec => ({ ...spec, candidates: [baseline, ...candidates] }));
}

describe('a network behind ordinal codes', () => {
  it('learns a vector of each category, takes missing and unseen ones, and ships them in its file', async () => {
    const steps = [fill, scale, codes];
    const done = await run({ name: 'network', model: 'mlp', parameters: {}, steps });
    expectEndsWell(done);
    const [, network] = done.outcome.record.candidates;
    expect(network?.metrics.test['r2']?.value).toBeGreaterThan(0.8);
    expect(network?.parameters).toMatchObject({ embedding_size: 0 });
  });

  it('takes no other missing value', async () => {
    const steps = [codes];
    const error = await refusalOf(() =>
      run({ name: 'network', model: 'mlp', parameters: {}, steps }),
    );
    expect(error.message).toMatch(/row \d+, feature "area": a value is still missing/);
  });

  it('is not what other models are: they take no missing code', async () => {
    const steps = [fill, codes];
    const error = await refusalOf(() =>
      run({ name: 'linear', model: 'ridge', parameters: {}, steps }),
    );
    expect(error.message).toMatch(/row \d+, feature "town": a value is still missing/);
  });
});
