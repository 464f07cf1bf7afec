import { expect, it } from 'vitest';
import { compareRuns } from '#core/run/compare-runs.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import { birdsCsv } from '../../support/cli.ts';
import { runCsv, withoutNetwork } from '../../support/experiment.ts';

const recorded = runCsv(birdsCsv, 'mass', (spec) =>
  withoutNetwork({ ...spec, split: { ...spec.split, folds: 3 } }),
).then(({ outcome }) => outcome.record);

type Fold = NonNullable<RunRecord['candidates'][number]['crossValidation']>['folds'][number];

/** The record with the last candidate's second fold changed. */
function withFold(record: RunRecord, change: (fold: Fold) => void): RunRecord {
  const copy = structuredClone(record);
  const fold = copy.candidates.at(-1)?.crossValidation?.folds[1];
  if (fold === undefined) throw new Error('no such fold');
  change(fold);
  return copy;
}

it('on the same backend a replay has the weights of every fold', async () => {
  const record = await recorded;
  expect(compareRuns(record, structuredClone(record), false).same).toBe(true);
  const other = withFold(record, (fold) => (fold.weightsSha256 = 'f'.repeat(64)));
  const { same, differences } = compareRuns(record, other, false);
  expect(same).toBe(false);
  expect(differences).toEqual([expect.stringMatching(/^linear, fold 2: weights ffff/)]);
});

it('across backends the metrics of every fold lie within the tolerance', async () => {
  const record = await recorded;
  const times = (factor: number) => ({
    ...withFold(record, (fold) => (fold.metrics.rmse = (fold.metrics.rmse ?? 0) * factor)),
    environment: { ...record.environment, backend: 'cpu' as const },
  });
  expect(compareRuns(record, times(1.04), false).same).toBe(true);
  const { differences } = compareRuns(record, times(1.06), false);
  expect(differences).toEqual([expect.stringMatching(/^linear, fold 2, its test: rmse is/)]);
});

it('a replay without the folds differs', async () => {
  const record = await recorded;
  const without = structuredClone(record);
  for (const candidate of without.candidates) delete candidate.crossValidation;
  expect(compareRuns(record, without, false).differences).toContain(
    'linear, fold 1: the replay did not train it',
  );
});

it('across backends perplexity may differ as its logarithm may', async () => {
  const record = await recorded;
  const at = (perplexity: number) => ({
    ...withFold(record, (fold) => (fold.metrics = { perplexity })),
    environment: { ...record.environment, backend: 'cpu' as const },
  });
  const before = { ...at(9), environment: record.environment };
  expect(compareRuns(before, at(9.3), false).same).toBe(true);
  expect(compareRuns(before, at(9.6), false).same).toBe(false);
});
