import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cnn } from '#core/models/networks/cnn.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { runDataset } from '../support/experiment.ts';
import { readFile } from '../support/read.ts';

const sample = readFileSync(new URL('../../public/samples/digits.zip', import.meta.url));

it.each([1, 2, 3])(
  'a convolutional network reads 98 of 100 handwritten digits of 8 × 8 pixels, seed %i',
  async (seed) => {
    const parameters = resolveParameters(cnn.parameters, {}, 'cnn');
    const { outcome } = await runDataset(
      await readFile('digits.zip', sample),
      'label',
      (proposed) => ({
        ...proposed,
        seed,
        candidates: [
          { name: 'majority', model: 'majority', parameters: {} },
          { name: 'cnn', model: 'cnn', parameters },
        ],
      }),
    );
    const { metrics, parity } = outcome.record.candidates[1] ?? {};
    expect(parity?.passed).toBe(true);
    expect(metrics?.test.accuracy?.value).toBeGreaterThanOrEqual(0.98);
  },
  300_000,
);
