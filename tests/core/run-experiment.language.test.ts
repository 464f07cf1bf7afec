import { describe, expect, it } from 'vitest';
import { writeText } from '#core/language/write-text.ts';
import { predictRecords, readContract } from '#core/predict.ts';
import { predictionsCsv } from '#core/predictions-csv.ts';
import type { Spec } from '#core/spec/spec.ts';
import { nodeEngine } from '../support/experiment.ts';
import { learnText, sampleText } from '../support/language.ts';
import { predictedBy } from '../support/untargeted.ts';

const withStep = (parameters: object) => (spec: Spec) => ({
  ...spec,
  steps: [{ step: 'characters', columns: 'text' as const, parameters: { ...parameters } }],
});

describe('a language model', () => {
  it('learns from the first part of a text, beats its baselines, and writes the same from the same seed', async () => {
    const experiment = await learnText(sampleText, {
      epochs: 8,
      learning_rate: 0.01,
      batch_size: 8,
    });
    const { record, models } = experiment.outcome;
    expect(record.status).toBe('finished');
    expect(record.best).toBe('transformer');
    expect(record.split).toMatchObject({ method: 'place' });
    const figures = record.candidates.map(({ metrics }) => metrics.test.perplexity);
    const [first, second, third] = figures.map((one) => one?.value ?? NaN);
    expect(second).toBeLessThan(first ?? NaN);
    expect(third).toBeLessThan(second ?? NaN);
    for (const one of figures) expect(one?.low).toBeLessThan(one?.high ?? NaN);
    const bits = record.candidates.map(({ metrics }) => metrics.test.bits_per_character?.value);
    expect(2 ** (bits[2] ?? NaN)).toBeCloseTo(third ?? NaN, 6);

    const bytes = models.get('transformer') ?? new Uint8Array();
    const contract = readContract(bytes);
    expect(contract.inputs).toMatchObject([{ name: 'text', type: 'text', verbatim: true }]);
    const session = await (await nodeEngine()).openModel(bytes);
    const write = async (seed: number, temperature: number): Promise<string> => {
      let text = '';
      const writing = { prompt: 'the ', temperature, seed, length: 30 };
      for await (const one of writeText(session, contract, writing)) text += one;
      return text;
    };
    const once = await write(1, 0.8);
    expect(once).toHaveLength(30);
    expect(await write(1, 0.8)).toBe(once);
    expect(await write(2, 0.8)).not.toBe(once);
    expect(await write(1, 0)).toBe(await write(2, 0));
    const [there] = await predictRecords(session, contract, [{ text: 'the ' }]);
    const [cut] = await predictRecords(session, contract, [{ text: 'the' }]);
    expect(there).toMatchObject({ task: 'language' });
    expect(cut).not.toEqual(there);
    await session.release();

    const csv = await predictedBy(experiment);
    expect(csv.split('\n')[0]).toBe('text,next_character,nats_per_character');
    expect(predictionsCsv(experiment.dataset.table, contract, [])).toContain('text');
  }, 60_000);

  it.each([
    [
      'no text at all',
      '',
      'a language model learns from one column of texts, and the data has none',
    ],
    [
      'one character',
      'a',
      'The text in "text" has 1 character, and at least 160 are needed: 10 windows of 16.',
    ],
    ['one character again and again', 'a'.repeat(400), 'is one character again and again'],
    ['a short text', 'To be, or not to be: that is the question.', 'has 42 characters'],
  ])('refuses %s by a sentence', async (_, text, sentence) => {
    await expect(learnText(text)).rejects.toThrow(sentence);
  });

  it.each([
    ['two characters', 'ab'.repeat(200)],
    ['emoji and halves of them', '😀😃 \uD83D x'.repeat(60)],
    ['right to left', 'سلام دنیا '.repeat(60)],
    ['quotes, tabs and ends of lines', '"a\tb"\r\n\n c, '.repeat(50)],
    ['characters that training does not have', `${'abc '.repeat(80)}${'xyz '.repeat(60)}`],
  ])('learns %s', async (_, text) => {
    const { outcome } = await learnText(text, { epochs: 1 }, (spec) => ({
      ...spec,
      candidates: spec.candidates.slice(0, 2),
    }));
    expect(outcome.record.candidates.every(({ parity }) => parity.passed)).toBe(true);
  });

  it.each<[string, (spec: Spec) => Spec, string]>([
    ['no step', (spec) => ({ ...spec, steps: [] }), 'steps must be the step characters alone'],
    [
      'a split at random',
      (spec) => ({ ...spec, split: { ...spec.split, method: 'random' } }),
      'split.method is random, and a text is parted by place',
    ],
    [
      'steps of a candidate’s own',
      (spec) => ({
        ...spec,
        candidates: spec.candidates.map((one) => ({ ...one, steps: spec.steps })),
      }),
      'candidates[0].steps would cut the text otherwise',
    ],
    [
      'a masked text',
      (spec) => ({ ...spec, columns: { text: { type: 'text', fold: true } } }),
      'columns.text.fold is set, and a language model reads its text as it stands',
    ],
    [
      'dropped rows',
      (spec) => ({ ...spec, rows: { duplicates: 'drop' } }),
      'rows.duplicates is drop, and a text goes on from row to row',
    ],
    ['a step out of range', withStep({ context: '17' }), 'context'],
  ])('refuses %s', async (_, change, sentence) => {
    await expect(learnText(sampleText, {}, change)).rejects.toThrow(sentence);
  });
});
