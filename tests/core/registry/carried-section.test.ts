import { expect, it } from 'vitest';
import { modelCard } from '#core/registry/model-card.ts';
import { noise, runCsv, tableOf, withoutNetwork } from '../../support/experiment.ts';

const csv = tableOf(120, {
  height: (row) => (10 * noise(row)).toFixed(2),
  colour: (row) => ['red', 'green', 'blue'][row % 3] ?? '',
  kind: (row) => (10 * noise(row) + (row % 3) > 6 ? 'tall' : 'small'),
});

it('the card says what of the data the file holds: of the steps and of the model itself', async () => {
  const neighbours = { name: 'neighbours', model: 'nearest_neighbours', parameters: {} };
  const { outcome } = await runCsv(csv, 'kind', (spec) => ({
    ...withoutNetwork(spec),
    candidates: [...spec.candidates.slice(0, 1), neighbours],
  }));
  const card = modelCard(outcome.record);
  const section = /## What the file holds of the data\n\n([^]*?)\n\n##/.exec(card)?.[1] ?? '';
  expect(outcome.record.best).toBe('neighbours');
  expect(section.split('\n')).toEqual([
    expect.stringMatching(/^- The contract holds the range/),
    '- One-hot encoding holds the categories that it knows.',
    '- Nearest neighbours keep all training rows: their features as the steps leave them, and their targets.',
  ]);
});

it('a quantile transform, whose quantiles of few rows are their values, is said too', async () => {
  const { outcome } = await runCsv(csv, 'kind', (spec) => ({
    ...withoutNetwork(spec),
    steps: [...spec.steps, { step: 'quantile', columns: 'numeric', parameters: {} }],
  }));
  expect(modelCard(outcome.record)).toContain(
    '- The quantile transform holds that many values of each column, and all of them where there are no more rows.',
  );
});
