import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelSession } from '#core/engine.ts';
import { predictRecords } from '#core/predict.ts';
import type { Contract } from '#core/spec/contract.ts';
import type { Spec } from '#core/spec/spec.ts';
import {
  expectEndsWell,
  noise,
  openBest,
  runCsv,
  tableOf,
  withoutNetwork,
  type Experiment,
} from '../support/experiment.ts';
import { refusalOf } from '../support/refusal.ts';

const praise = ['wonderful', 'comfortable', 'friendly', 'Größe passt', 'спасибо'];
const blame = ['broken', 'filthy', 'noisy', 'verspätet', 'дорого'];
const filler = 'the room and the breakfast were what anybody who has travelled would call'.split(
  ' ',
);

/** Reviews of a hotel, each in words of its own, some of them missing. */
function review(row: number): string {
  if (noise(row, 9) < 0.05) return '';
  const said = isGood(row) ? praise : blame;
  const words = Array.from({ length: 12 }, (_, i) =>
    noise(row, 20 + i) < 0.3
      ? (said[Math.floor(noise(row, 40 + i) * said.length)] ?? '')
      : `${filler[Math.floor(noise(row, 60 + i) * filler.length)] ?? ''}${i === 5 ? ` ${row}` : ''}`,
  );
  return `${words.join(' ')}.`;
}
const isGood = (row: number): boolean => noise(row, 1) > 0.5;
const csv = tableOf(240, {
  review,
  stars: (row) => (isGood(row) ? 'good' : 'bad'),
});

describe('a run over a column of texts', () => {
  let experiment: Experiment;
  let contract: Contract;
  let session: ModelSession;
  beforeAll(async () => {
    experiment = await runCsv(csv, 'stars', withoutNetwork);
    ({ session, contract } = await openBest(experiment));
  });

  it('weighs their words by default, and learns from them', () => {
    expectEndsWell(experiment);
    expect(experiment.spec.steps).toMatchObject([
      { step: 'tfidf', columns: 'text', parameters: { max_features: 1000 } },
    ]);
    const { record } = experiment.outcome;
    const best = record.candidates.find(({ name }) => name === record.best);
    expect(best?.versusBaseline?.real).toBe(true);
    expect(best?.metrics.test['accuracy']?.value).toBeGreaterThan(0.85);
  });

  it('keeps no text of anybody in the contract', () => {
    expect(contract.inputs).toEqual([
      expect.objectContaining({ name: 'review', type: 'text', dtype: 'string', example: '' }),
    ]);
    expect(contract.inputs[0]).not.toHaveProperty('categories');
  });

  it('predicts from texts of any length, and from none', async () => {
    const long = `${'the room '.repeat(20_000)} wonderful`;
    const answers = await predictRecords(session, contract, [
      { review: 'WONDERFUL, comfortable — спасибо!' },
      { review: 'filthy, noisy; дорого' },
      { review: '🙂 ...' },
      { review: null },
      { review: long },
    ]);
    const labels = answers.map((one) => (one.task === 'classification' ? one.label : ''));
    expect(labels.slice(0, 2)).toEqual(['good', 'bad']);
    expect(answers[2]).toEqual(answers[3]);
    expect(answers[4]).not.toEqual(answers[3]);
  });
});

describe('hashed words', () => {
  it('tell the classes too, and no word is in the file', async () => {
    const parameters = { n_features: 512, longest: 2 };
    const run = await runCsv(csv, 'stars', (spec) => ({
      ...withoutNetwork(spec),
      steps: [{ step: 'text_hashing', columns: 'text', parameters }],
    }));
    expectEndsWell(run);
    const { record, models } = run.outcome;
    const best = record.candidates.find(({ name }) => name === record.best);
    expect(best?.metrics.test['accuracy']?.value).toBeGreaterThan(0.85);
    const file = Buffer.from(models.get(record.best ?? '') ?? []).toString('utf8');
    for (const word of [...praise, ...blame]) expect(file).not.toContain(word);
  });

  it('are refused by a sentence where there would be too many of them', async () => {
    const error = await refusalOf(() =>
      runCsv(csv, 'stars', (spec) => ({
        ...spec,
        steps: [{ step: 'text_hashing', columns: 'text', parameters: { n_features: 262_145 } }],
      })),
    );
    expect(error.message).toContain('n_features must be an integer from 2 to 262144');
  });
});

it('a text network refuses features beside the words of one text, and says what to do', async () => {
  const words = [{ step: 'tokens', columns: 'text', parameters: {} }] as const;
  const mixed = tableOf(90, { review, nights: (row) => row % 5, stars: (row) => row % 2 });
  const error = await refusalOf(() =>
    runCsv(mixed, 'stars', (spec) => ({
      ...spec,
      candidates: [
        ...spec.candidates.slice(0, 1),
        { name: 'words', model: 'text_classifier', parameters: {}, steps: [...words] },
      ],
    })),
  );
  expect(error.message).toContain(
    'candidates[1].parameters: a text network reads the words of one',
  );
  expect(error.hint).toContain('type: ignore');
});

describe('tfidf with settings that fit nothing', () => {
  const withTfidf =
    (parameters: Spec['steps'][number]['parameters'], columns: 'text' | 'numeric' = 'text') =>
    (spec: Spec): Spec => ({ ...spec, steps: [{ step: 'tfidf', columns, parameters }] });

  it.each([
    [{ shortest: 3, longest: 2 }, /at least 3 and at most 2/],
    [{ min_df: 1_000 }, /No feature is left/],
    [{ max_features: 0 }, /max_features must be an integer from 1 to 200000, and got 0/],
    [{ norm: 'l1' }, /norm must be one of l2, none/],
  ])('%j is refused', async (parameters, message) => {
    const error = await refusalOf(() => runCsv(csv, 'stars', withTfidf(parameters)));
    expect(error.message).toMatch(message);
  });

  it('a text column that no step takes is refused with the step it lacks', async () => {
    const error = await refusalOf(() => runCsv(csv, 'stars', withTfidf({}, 'numeric')));
    expect(error.message).toContain('the text column "review" is no number after its last step');
    expect(error.hint).toContain('tfidf');
  });
});
