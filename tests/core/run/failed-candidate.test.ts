import { describe, expect, it } from 'vitest';
import { candidateTable } from '#cli/candidate-table.ts';
import { modelCard } from '#core/registry/model-card.ts';
import { compareRuns } from '#core/run/compare-runs.ts';
import type { Spec } from '#core/spec/spec.ts';
import { expectSentence, thrownBy } from '../../support/refusal.ts';
import {
  expectEndsWell,
  noise,
  runCsv,
  tableOf,
  type Experiment,
} from '../../support/experiment.ts';

/** Two columns are one: without a penalty nothing tells their coefficients apart. */
const csv = tableOf(60, {
  metres: (row) => (10 * noise(row)).toFixed(2),
  again: (row) => (10 * noise(row)).toFixed(2),
  price: (row) => (30 * noise(row) + noise(row, 1)).toFixed(2),
});
const baseline = { name: 'baseline', model: 'mean', parameters: {} };
const exact = { name: 'exact', model: 'ridge', parameters: { alpha: 0 } };
const linear = { name: 'linear', model: 'ridge', parameters: { alpha: 1 } };
const run = (candidates: Spec['candidates'], folds?: number): Promise<Experiment> =>
  runCsv(csv, 'price', (spec) => ({
    ...spec,
    candidates,
    ...(folds === undefined ? {} : { split: { ...spec.split, folds } }),
  }));

describe('a candidate that cannot be trained', () => {
  const failed = run([baseline, exact, linear]);

  it('is a failure with a sentence, and the others are as they would be without it', async () => {
    const { record } = (await failed).outcome;
    expect(record.failures).toMatchObject([
      { name: 'exact', model: 'ridge', error: { code: 'singular_system' } },
    ]);
    const without = await run([baseline, linear]);
    expectEndsWell(without);
    const figures = (experiment: Experiment) =>
      experiment.outcome.record.candidates.map(
        ({ name, weightsSha256, metrics, versusBaseline }) => ({
          name,
          weightsSha256,
          metrics,
          versusBaseline,
        }),
      );
    expect(figures(await failed)).toEqual(figures(without));
    expect(record).toMatchObject({ status: 'finished', best: 'linear' });
  });

  it('is told as it happens, in the warnings, in the card and in the table', async () => {
    const { events, outcome } = await failed;
    const told = events.filter(({ type }) => type === 'failed' || type === 'candidate');
    expect(told).toMatchObject([
      { type: 'candidate', candidate: 'baseline', done: 1, of: 3 },
      { type: 'failed', candidate: 'exact' },
      { type: 'candidate', candidate: 'linear', done: 3, of: 3 },
    ]);
    const { record } = outcome;
    const warning = record.warnings.find((said) => said.startsWith('exact')) ?? '';
    expectSentence(warning);
    expect(warning).toMatch(/^exact has no result: .*alpha = 0.*Give alpha a value above 0/);
    expect(modelCard(record)).toContain(warning);
    expect(candidateTable(record)).toContain(warning);
  });

  it('leaves room for what others warn of on the command line', async () => {
    const { record } = (await failed).outcome;
    const [first, ...rest] = record.candidates;
    if (first === undefined) throw new Error('no candidate');
    const candidates = [{ ...first, warnings: ['Training stopped after 2 s.'] }, ...rest];
    const table = candidateTable({ ...record, candidates });
    expect(table).toContain(`\n${first.name}: Training stopped after 2 s.\n`);
  });

  it('fails again in a replay, or the replay differs', async () => {
    const { record } = (await failed).outcome;
    expect(compareRuns(record, structuredClone(record), false).same).toBe(true);
    const recovered = structuredClone(record);
    delete recovered.failures;
    expect(compareRuns(record, recovered, false).differences).toEqual([
      expect.stringMatching(/^exact: failed in the run \(singular_system\)/),
    ]);
  });

  it('leaves the baseline where nothing else is left', async () => {
    const { record } = (await run([baseline, exact], 3)).outcome;
    expect(record).toMatchObject({ best: 'baseline', failures: [{ name: 'exact' }] });
  });
});

it('a cancel between two candidates ends the run and is no failure of one', async () => {
  const stop = new AbortController();
  const thrown = await thrownBy(() =>
    runCsv(csv, 'price', (spec) => ({ ...spec, candidates: [baseline, linear] }), {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'candidate') stop.abort();
      },
    }),
  );
  expect(thrown).toMatchObject({ kind: 'cancelled' });
});
