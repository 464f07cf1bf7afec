import { describe, expect, it } from 'vitest';
import { SpecDraft } from '#app/spec-draft.svelte.ts';
import type { DatasetInfo } from '#core/data/table.ts';
import { proposeSpec, proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { methodChoices } from '#ui/pages/setup/split-edits.ts';
import { stepChoices } from '#ui/pages/setup/step-choices.ts';
import { questionsWithoutTarget } from '#ui/spec/questions.ts';
import { retargeted, retasked, untargeted } from '#ui/spec/spec-edits.ts';
import { readText } from '../../support/csv.ts';
import { tableOf } from '../../support/experiment.ts';
import { sampleText, tableOf as linesOf } from '../../support/language.ts';
import { penguins } from './penguins.ts';

const words = ['the owl', 'a dog', 'my fish'];

/** Texts beside other columns, one of them ordered and one personal. */
async function reviews(): Promise<DatasetInfo> {
  const csv = tableOf(60, {
    review: (row) =>
      `Room ${row} of ${words[row % 3] ?? ''} was quiet, and we came again on day ${row * 7}.`,
    size: (row) => ['small', 'large'][row % 2] ?? '',
    nights: (row) => (row % 9) + 0.5,
    verdict: (row) => ['again', 'never'][row % 2] ?? '',
  });
  return (await readText(csv)).info;
}

const problem = (spec: Spec, info: DatasetInfo) => new SpecDraft(spec, info).problem;
const asked = (info: DatasetInfo) => questionsWithoutTarget(info).map(({ task }) => task);
const others = ['clustering', 'anomaly_detection', 'reduction'];

describe('a language model is asked for', () => {
  it('first of one column of lines, however few or alike they are, and its proposal holds', async () => {
    for (const text of [sampleText, 'one line\n'.repeat(40), 'a\nb\nc']) {
      const { info } = await readText(linesOf(text));
      expect(asked(info)).toEqual(['language', ...others]);
      expect(problem(proposeWithoutTarget(info, 'language'), info)).toBeNull();
    }
  });

  it('last of a table with texts among its columns, and not at all of one without', async () => {
    expect(asked(await reviews())).toEqual([...others, 'language']);
    expect(asked(await penguins())).toEqual(others);
    const { info } = await readText('value\n1\n2\n3\n');
    expect(asked(info)).toEqual(others);
  });
});

describe('from another task to a language model and back', () => {
  it('an untouched spec is as if it had been proposed, both ways', async () => {
    const info = await reviews();
    const groups = proposeWithoutTarget(info, 'clustering', { seed: 3 });
    const language = retasked(groups, info, 'language');
    expect(language).toEqual(proposeWithoutTarget(info, 'language', { seed: 3 }));
    expect(retasked(language, info, 'clustering')).toEqual(groups);
    expect(retargeted(language, info, 'verdict')).toEqual(
      proposeSpec(info, 'verdict', { seed: 3 }),
    );
  });

  it('what a text cannot have goes, and shares and decisions on personal data stay', async () => {
    const info = await reviews();
    const drop = { decision: 'drop' } as const;
    const mine: Spec = {
      ...untargeted(proposeSpec(info, 'verdict'), info, 'reduction'),
      columns: {
        review: { type: 'text', fold: true, missing: ['-'] },
        size: { type: 'ordinal', order: ['small', 'large'] },
        nights: { personal: drop },
      },
      rows: { duplicates: 'drop' },
      steps: [],
    };
    const split: Spec['split'] = {
      ...mine.split,
      train: 0.8,
      validation: 0.1,
      test: 0.1,
      folds: 3,
    };
    const language = retasked({ ...mine, split }, info, 'language');
    expect(problem(language, info)).toBeNull();
    expect(language).toMatchObject({
      split: { method: 'place', train: 0.8, test: 0.1, folds: 3 },
      rows: { duplicates: 'keep' },
      steps: [{ step: 'characters' }],
      columns: { nights: { type: 'ignore', personal: drop } },
    });
    expect(language.columns).not.toHaveProperty('review');
    const back = retasked(language, info, 'anomaly_detection');
    expect(problem(back, info)).toBeNull();
    expect(back.columns).toEqual({ nights: { personal: drop } });
    expect(back.split).toMatchObject({ method: 'random', train: 0.8, folds: 3 });
  });

  it('a decision to keep what is personal in the text goes along, there and back', async () => {
    const info = await reviews();
    const personal = { decision: 'keep', reason: 'ours', by: 'me', at: '2026-01-31' } as const;
    const groups: Spec = {
      ...proposeWithoutTarget(info, 'clustering'),
      columns: { review: { personal } },
    };
    const language = retasked(groups, info, 'language');
    expect(problem(language, info)).toBeNull();
    expect(language.columns).toMatchObject({ review: { personal } });
    expect(retasked(language, info, 'clustering').columns).toEqual({ review: { personal } });
  });

  it('of a table without a text it is refused by a sentence, and nothing has changed', async () => {
    const info = await penguins();
    const groups = proposeWithoutTarget(info, 'clustering');
    expect(() => retasked(groups, info, 'language')).toThrow('several that could be it');
  });
});

describe('the form offers', () => {
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

  it('the split by place and the step for characters to language models alone', async () => {
    const info = await reviews();
    const language = proposeWithoutTarget(info, 'language');
    const groups = proposeWithoutTarget(info, 'clustering');
    expect(names(methodChoices(language))).toEqual(['place']);
    expect(names(methodChoices(groups))).toEqual(['random', 'group', 'time', 'column']);
    expect(names(methodChoices({ ...groups, split: language.split }))).toContain('place');
    expect(stepChoices('language', language.steps)).toEqual([]);
    expect(names(stepChoices('language', []))).toEqual(['characters']);
    expect(names(stepChoices('clustering', []))).not.toContain('characters');
    expect(names(stepChoices('clustering', []))).toContain('tokens');
  });
});
