import { describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { textClassifier } from '#core/models/networks/text-classifier.ts';
import { estimatorsFor } from '#core/models/registry.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { drawTokens } from '../../../support/token-data.ts';
import { drawTraining } from '../../../support/training-data.ts';

const check = (data: TrainingData, given: Readonly<Record<string, unknown>> = {}): void => {
  const parameters = resolveParameters(textClassifier.parameters, given, 'text_classifier');
  textClassifier.check?.(data, parameters, 'candidates[1].parameters');
};

describe('a text network', () => {
  it('refuses features that are no words of one text, and says which step makes them', () => {
    expect(() => {
      check(drawTraining('classification', { seed: 1 }));
    }).toThrow(
      expect.objectContaining({
        code: 'no_words',
        hint: expect.stringContaining('tokens') as string,
      }),
    );
  });

  it('refuses vectors that do not fit into memory', () => {
    check(drawTokens({ seed: 1, codes: 200_000 }), { embedding_size: 100 });
    expect(() => {
      check(drawTokens({ seed: 1, codes: 200_001 }), { embedding_size: 100 });
    }).toThrow(
      'candidates[1].parameters.embedding_size: the vectors of 200,001 words would have 20,000,100 numbers, and at most 20,000,000 fit.',
    );
  });

  it('is offered only where a step reads texts', () => {
    const task = 'classification';
    const words = { step: 'tfidf', columns: 'text', parameters: {} } as const;
    const numbers = { step: 'scale', columns: 'numeric', parameters: {} } as const;
    expect(estimatorsFor({ task })).not.toContain(textClassifier);
    expect(estimatorsFor({ task, steps: [numbers] })).not.toContain(textClassifier);
    expect(estimatorsFor({ task, steps: [numbers, words] })).toContain(textClassifier);
  });
});
