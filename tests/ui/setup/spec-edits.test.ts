import { expect, test } from 'vitest';
import { SpecDraft } from '#app/spec-draft.svelte.ts';
import { withQuery } from '#core/spec/propose-ranking.ts';
import { proposeSpec, proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import {
  besideTexts,
  leavingOut,
  newCandidate,
  newStep,
  retargeted,
  retasked,
  untargeted,
  withColumn,
  withPart,
} from '#ui/spec/spec-edits.ts';
import { readText, writeCsv } from '../../support/csv.ts';
import { penguins } from './penguins.ts';

const info = await penguins();
const proposed = proposeSpec(info, 'species', { seed: 3 });

test('an untouched spec follows its target as if it had been proposed for it', () => {
  expect(retargeted(proposed, info, 'island')).toEqual(proposeSpec(info, 'island', { seed: 3 }));
  expect(retargeted(proposed, info, 'body_mass_g')).toEqual(
    proposeSpec(info, 'body_mass_g', { seed: 3 }),
  );
});

test('what the person changed survives another target', () => {
  const mine = {
    ...proposed,
    name: 'mine',
    backend: 'wasm' as const,
    candidates: proposed.candidates.slice(0, 2),
  };
  const next = retargeted(mine, info, 'sex');
  expect(next).toMatchObject({ name: 'mine', backend: 'wasm', target: 'sex', seed: 3 });
  expect(next.candidates).toEqual(mine.candidates);
});

test('a column that was left out and becomes the target is left out no more', () => {
  const without = withColumn(proposed, 'sex', { type: 'ignore', missing: ['?'] });
  expect(retargeted(without, info, 'sex').columns).toEqual({ sex: { missing: ['?'] } });
});

test('a target that is given up is left out of the inputs, and comes back as the target', () => {
  const without = untargeted(proposed, info, 'clustering');
  expect(without.target).toBeUndefined();
  expect(without).toMatchObject({
    ...proposeWithoutTarget(info, 'clustering', { seed: 3 }),
    columns: { species: { type: 'ignore' } },
  });
  expect(retasked(without, info, 'anomaly_detection')).toMatchObject({
    task: 'anomaly_detection',
    metric: 'score_tail',
    columns: { species: { type: 'ignore' } },
  });
  expect(retargeted(without, info, 'species')).toEqual(proposed);
});

test('another task brings the models and the metric that can do it', () => {
  const numeric = proposeSpec(info, 'body_mass_g');
  const classes = retasked(numeric, info, 'classification');
  expect(classes.metric).toBe('macro_f1');
  expect(classes.candidates[0]?.model).toBe('majority');
  expect(new SpecDraft(classes, info).problem).toBeNull();
});

test('a ranking brings its queries, which deal the rows, and takes them with it', () => {
  const typed = withColumn(proposed, 'island', { type: 'categorical', missing: ['?'] });
  const numeric = retargeted(typed, info, 'body_mass_g');
  const ranked = withQuery(retasked(numeric, info, 'ranking'), info, 'island');
  expect(ranked).toMatchObject({
    query: 'island',
    metric: 'ndcg_10',
    columns: { island: { missing: ['?'] } },
    split: { method: 'group', by: 'island' },
  });
  expect(ranked.candidates[0]?.model).toBe('constant_score');
  expect(new SpecDraft(ranked, info).problem).toBeNull();
  const timed: Spec = { ...ranked, split: { ...ranked.split, method: 'column', by: 'sex' } };
  expect(withQuery(timed, info, 'species').split).toMatchObject({ method: 'column', by: 'sex' });

  const back = retasked(ranked, info, 'regression');
  expect(back.query).toBeUndefined();
  expect(back.split).toEqual(proposeSpec(info, 'body_mass_g').split);
});

test('a column’s entry goes when nothing of it is set', () => {
  const ignored = withColumn(proposed, 'island', { type: 'ignore' });
  expect(ignored.columns).toEqual({ island: { type: 'ignore' } });
  expect(withColumn(ignored, 'island', { type: 'inferred' }).columns).toEqual({});
});

test('new candidates get their defaults and a name of their own', () => {
  const first = newCandidate('mlp', proposed.candidates);
  const second = newCandidate('mlp', [...proposed.candidates, first]);
  expect([first.name, second.name]).toEqual(['network-2', 'network-3']);
  expect(first.parameters).toEqual(
    proposed.candidates.find(({ model }) => model === 'mlp')?.parameters,
  );
});

test('a network that reads texts comes with the step that makes words of them', () => {
  const { steps } = newCandidate('text_classifier', []);
  expect(steps).toMatchObject([
    { step: 'tokens', columns: 'text', parameters: { max_length: 128, lowercase: true } },
  ]);
  expect(newCandidate('mlp', [])).not.toHaveProperty('steps');
});

test('parts of a candidate come and go', () => {
  const candidate = newCandidate('logistic_regression', []);
  const balance = { method: 'smote', parameters: {} };
  const balanced = withPart(candidate, 'balance', balance);
  expect(balanced).toEqual({ ...candidate, balance });
  expect(withPart(balanced, 'balance', undefined)).toEqual(candidate);
  expect(withPart(balanced, 'steps', proposed.steps)).toEqual({
    ...balanced,
    steps: proposed.steps,
  });
});

test('a new step is over columns that it takes', () => {
  expect(newStep('scale').columns).toBe('numeric');
  expect(newStep('one_hot').columns).toBe('categorical');
});

test('a network that reads words is refused beside other inputs, and taken once they are left out', async () => {
  const rows = Array.from({ length: 90 }, (_, i) => [
    String(1900 + i),
    i % 3 === 0 ? 'Ann' : 'Bob',
    `It was number ${i} of our stay, and a day that ${i % 2 === 0 ? 'shone' : 'rained'} on us all.`,
    i % 2 === 0 ? 'again' : 'never',
  ]);
  const { info: stays } = await readText(writeCsv([['year', 'who', 'review', 'verdict'], ...rows]));
  const spec = proposeSpec(stays, 'verdict');
  const words = { ...spec, candidates: [...spec.candidates, newCandidate('text_classifier', [])] };
  expect(new SpecDraft(words, stays).problem?.message).toMatch(/is no number after its last step/);
  expect(besideTexts(words, stays)).toEqual(['year', 'who']);
  const alone = leavingOut(words, besideTexts(words, stays));
  expect(new SpecDraft(alone, stays).problem).toBeNull();
  expect(besideTexts(alone, stays)).toEqual([]);
});
