import { expect, test } from 'vitest';
import type { RunRecord } from '#core/spec/run-record.ts';
import { perplexityWords } from '#ui/pages/run/perplexity-words.ts';

const figures = (perplexity: number | null, bits: number | null) => ({
  test: {
    perplexity: { value: perplexity, low: null, high: null },
    bits_per_character: { value: bits, low: null, high: null },
  },
  validation: {},
});

function recordOf(best: string | null): RunRecord {
  // The part of a record that is read here.
  return {
    contract: { target: { name: 'character', classes: ['a', 'b', '\uFFFD'] } },
    best,
    candidates: [
      { name: 'baseline', model: 'character_counts', metrics: figures(2.5, 1.32) },
      { name: 'transformer', model: 'char_transformer', metrics: figures(1.5, 0.58) },
    ],
  } as unknown as RunRecord;
}

test('perplexity is said as a choice among so many characters, beside the baseline’s and a guess', () => {
  expect(perplexityWords(recordOf('transformer'), 'test')).toEqual([
    'At each place of the test windows transformer is as uncertain as if it had to choose among 1.50 equally likely characters: that is its perplexity.',
    'The baseline (character frequencies) is at 2.50.',
    'Guessing blindly among all 3 characters that the model tells apart would be 3, and a model that is always right would be at 1.',
    'In bits it is 0.580 a character: so much would the text take if it were packed by the model, where a plain file has 8.',
  ]);
});

test('a baseline that nothing beats is not set beside itself, and where nothing is measured nothing is said', () => {
  expect(perplexityWords(recordOf('baseline'), 'test')).toHaveLength(3);
  expect(perplexityWords(recordOf(null), 'test')[0]).toContain('baseline is as uncertain');
  expect(perplexityWords(recordOf('transformer'), 'validation')).toEqual([]);
});
