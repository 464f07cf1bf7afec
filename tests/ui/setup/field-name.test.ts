import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SpecDraft } from '#app/spec-draft.svelte.ts';
import { repository } from '#cli/prepare.mjs';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { fixedNames, inFormWords } from '#ui/spec/field-name.ts';
import { penguins } from './penguins.ts';

const info = await penguins();
const proposed = proposeSpec(info, 'species');

/** What the bar says of a spec that cannot be run. */
function said(change: (spec: Spec) => Spec): string {
  const spec = change(structuredClone(proposed));
  const { problem } = new SpecDraft(spec, info);
  if (problem === null) throw new Error('the spec can be run');
  return inFormWords(problem, spec);
}

function withCandidate(change: Partial<Spec['candidates'][number]>): (spec: Spec) => Spec {
  return (spec) => ({
    ...spec,
    candidates: spec.candidates.map((one, i) => (i === 2 ? { ...one, ...change } : one)),
  });
}

describe('the field of a fault is named as the form names it', () => {
  test.each<[string, (spec: Spec) => Spec, RegExp]>([
    [
      'a share',
      (spec) => ({ ...spec, split: { ...spec.split, train: 0.9 } }),
      /^“Split” has parts that sum to 1\.3 and not to 1\. For example/,
    ],
    [
      'a number',
      (spec) => ({ ...spec, split: { ...spec.split, train: -1 } }),
      /^“Training” must not be negative, and got -1\./,
    ],
    [
      'a column',
      (spec) => ({ ...spec, split: { ...spec.split, method: 'group' } }),
      /^“Group column” is missing, /,
    ],
    [
      'a type',
      (spec) => ({
        ...spec,
        columns: { ...spec.columns, island: { type: 'ordinal', order: ['a', 'a'] } },
      }),
      /^“Order of island, lowest first” names "a" twice/,
    ],
    [
      'a parameter',
      withCandidate({ parameters: { learning_rate: 50 } }),
      /^“Learning rate” of network must be a number from .* and got 50\./,
    ],
    [
      'a name',
      withCandidate({ name: proposed.candidates[1]?.name ?? '' }),
      /^“Name” of .* as another candidate is called/,
    ],
    [
      'a model',
      withCandidate({ model: 'ridge' }),
      /^The model of network is ridge, which cannot do classification/,
    ],
    [
      'a way to balance',
      withCandidate({ balance: { method: 'smote', parameters: { k_neighbors: 0 } } }),
      /^“Neighbours” of network must be/,
    ],
    [
      'a step of a candidate',
      withCandidate({ steps: [{ step: 'bins', columns: 'numeric', parameters: { n_bins: 1 } }] }),
      /^“Bins” of step 1 of network must be/,
    ],
    [
      'the columns of a step',
      (spec) => ({
        ...spec,
        steps: [...spec.steps, { step: 'bins', columns: ['none'], parameters: {} }],
      }),
      new RegExp(`^“Columns” of step ${proposed.steps.length + 1} names "none"`),
    ],
  ])('%s', (_, change, words) => expect(said(change)).toMatch(words));
});

test('what no field has is named by its path', () => {
  const failure = {
    code: 'x',
    kind: 'input' as const,
    message: 'constructor: there is no key',
    details: { path: 'constructor' },
  };
  expect(inFormWords(failure, proposed)).toBe('constructor: there is no key');
});

test('each name that is always the same stands in a form', () => {
  const forms = ['spec', 'pages/setup', 'pages/contract'].flatMap((room) => {
    const folder = join(repository, 'src/ui', room);
    return readdirSync(folder)
      .filter((file) => file.endsWith('.svelte'))
      .map((file) => readFileSync(join(folder, file), 'utf8'));
  });
  const text = forms.join('\n');
  for (const name of Object.values(fixedNames)) {
    expect(
      [`'${name}'`, `"${name}"`].some((quoted) => text.includes(quoted)),
      name,
    ).toBe(true);
  }
});
