import { expect, it } from 'vitest';
import { modelCard } from '#core/registry/model-card.ts';
import { parseSpec, specToYaml } from '#core/spec/parse-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { expectEndsWell, noise, runCsv, tableOf, withoutNetwork } from '../support/experiment.ts';

/** Three visits each of fifty patients, whose weight tells half of the outcome. */
const visits = tableOf(150, {
  patient: (row) => `p${row % 50}`,
  day: (row) =>
    `2024-${String(Math.floor(row / 28) + 1).padStart(2, '0')}-${String((row % 28) + 1).padStart(2, '0')}`,
  part: (row) => ['train', 'train', 'train', 'validation', 'test'][row % 5] ?? '',
  weight: (row) => (60 + 20 * noise(row)).toFixed(2),
  outcome: (row) => (noise(row) + noise(row, 1) > 1 ? 'ill' : 'well'),
});

it.each([
  [
    { method: 'group', by: 'patient' },
    /By group, `patient`, with seed 7; no group is on two sides/,
  ],
  [{ method: 'time', by: 'day', gap: 5 }, /By time, `day`.*rows left out in a gap of 5/],
  [{ method: 'column', by: 'part' }, /As the column `part` says: 90 training, 30 validation, 30/],
] as const)('a run with the split %j ends well, and its card says how', async (split, sentence) => {
  const experiment = await runCsv(visits, 'outcome', (proposed) => {
    const spec: Spec = withoutNetwork({ ...proposed, split: { ...proposed.split, ...split } });
    return parseSpec(specToYaml(spec));
  });
  expectEndsWell(experiment);
  const { record } = experiment.outcome;
  expect(record.contract.inputs.map(({ name }) => name)).not.toContain(split.by);
  expect(record.spec.split).toMatchObject(split);
  expect(modelCard(record)).toMatch(sentence);
});
