import { expect, it } from 'vitest';
import { modelCard } from '#core/registry/model-card.ts';
import { learnText, sampleText } from '../../support/language.ts';

it('the card of a language model speaks of windows, its file’s data, and how to ask it from Python', async () => {
  const { outcome } = await learnText(sampleText, {}, (spec) => ({
    ...spec,
    split: { ...spec.split, folds: 2 },
    contract: { threshold: 1000 },
    candidates: spec.candidates.slice(0, 2),
  }));
  const card = modelCard(outcome.record);
  const { train, validation, test } = outcome.record.split;
  expect(card).toContain('telling which character of a text comes next');
  expect(card).toContain('## Figures on the test windows');
  expect(card).toContain('| candidate | Perplexity | Bits per character |');
  expect(card).toContain(`was measured on ${test} test windows`);
  expect(card).toContain(
    `Split: By place, what stands first for training and what stands last for the test: ${train} training, ${validation} validation, ${test} test windows`,
  );
  expect(card).toContain('- The step for characters holds those that it knows.');
  expect(card).toContain('how often each character follows on each other in the training text');
  expect(card).toContain('The text as it stands, white space around it included.');
  expect(card).toContain('probabilities, nats = session.run(["probabilities", "nats"], record)');
  expect(card).toContain(`over 2 folds of the ${train + validation} windows`);
  expect(card).toContain(` on ${test} test windows. The contract asks for at most 1000.`);
  expect(card).toContain('- Latency of one window: ');
  expect(card).toMatch(/- Throughput: [\d.,]+ windows per second/);
  expect(card).not.toMatch(/test rows|validation rows|rows per second/);
  expect(card).not.toMatch(/At random|"label"|without white space/);
});
