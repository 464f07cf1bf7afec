import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runDataset } from '../support/experiment.ts';
import { readFile } from '../support/read.ts';

const sample = readFileSync(new URL('../../public/samples/digits.zip', import.meta.url));

/** Both alike, but for what is done to training images. */
const usual = { epochs: 300, patience: 60 };

it('of 100 handwritten digits a convolutional network learns more where they are shifted and turned', async () => {
  const dataset = await readFile('digits.zip', sample);
  const scores: Record<string, number[]> = { plain: [], changed: [] };
  for (const seed of [1, 2, 3]) {
    const { outcome } = await runDataset(dataset, 'label', (proposed) => ({
      ...proposed,
      seed,
      split: { ...proposed.split, train: 0.056, validation: 0.056, test: 0.888 },
      candidates: [
        { name: 'majority', model: 'majority', parameters: {} },
        { name: 'plain', model: 'cnn', parameters: usual },
        { name: 'changed', model: 'cnn', parameters: { ...usual, shift: 0.1, rotate: 15 } },
      ],
    }));
    expect(Math.abs(outcome.record.split.train - 100)).toBeLessThan(5);
    for (const { name, metrics } of outcome.record.candidates) {
      scores[name]?.push(metrics.test.accuracy?.value ?? NaN);
    }
  }
  expect(scores.changed).toHaveLength(3);
  for (const [i, changed] of (scores.changed ?? []).entries()) {
    expect(changed).toBeGreaterThan(scores.plain?.[i] ?? NaN);
  }
}, 600_000);
