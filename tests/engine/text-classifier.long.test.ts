import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import type { SpecCandidate } from '#core/spec/spec.ts';
import { newCandidate } from '#ui/spec/spec-edits.ts';
import { runDataset } from '../support/experiment.ts';
import { readFile } from '../support/read.ts';

const file = 'state-of-the-union.csv';
const sample = readFileSync(new URL(`../../public/samples/${file}`, import.meta.url));
const ignored = { year: { type: 'ignore' }, president: { type: 'ignore' } } as const;
const candidates: readonly SpecCandidate[] = [
  { name: 'majority', model: 'majority', parameters: {} },
  newCandidate('logistic_regression', []),
  newCandidate('text_classifier', []),
  { ...withArchitecture('convolution'), name: 'text network, convolution' },
];

function withArchitecture(architecture: string): SpecCandidate {
  const candidate = newCandidate('text_classifier', []);
  return { ...candidate, parameters: { ...candidate.parameters, architecture } };
}

const scores: Record<string, number[]> = {};
afterAll(() => {
  for (const [name, own] of Object.entries(scores)) {
    const shown = own.map((score) => score.toFixed(3)).join(', ');
    console.log(`${name}: ${shown}; mean ${meanOf(own).toFixed(3)}`);
  }
});

it.each([1, 2, 3, 4, 5])(
  'trains text networks that tell the party of a passage, seed %i',
  async (seed) => {
    const dataset = await readFile(file, sample);
    const { outcome } = await runDataset(dataset, 'party', (proposed) => ({
      ...proposed,
      seed,
      columns: ignored,
      steps: proposed.steps.filter(({ columns }) => columns === 'text'),
      candidates: [...candidates],
    }));
    for (const { name, metrics, parity } of outcome.record.candidates) {
      expect(parity.passed).toBe(true);
      (scores[name] ??= []).push(metrics.test['accuracy']?.value ?? NaN);
    }
  },
  300_000,
);

it('in the mean no worse than logistic regression over TF-IDF by 0.02', () => {
  const mean = (name: string): number => meanOf(scores[name] ?? []);
  for (const network of ['text network', 'text network, convolution']) {
    expect(mean(network)).toBeGreaterThan(mean('majority') + 0.05);
    expect(mean(network)).toBeGreaterThan(mean('logistic') - 0.02);
  }
});

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
