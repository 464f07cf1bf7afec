import { expect, test } from 'vitest';
import { SpecDraft } from '#app/spec-draft.svelte.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { shownClasses } from '#ui/pages/setup/shown-classes.ts';
import { penguins } from './penguins.ts';

const info = await penguins();

test('the classes of a target are known where all of its values are, most frequent first', () => {
  const shown = (target: string) => shownClasses(new SpecDraft(proposeSpec(info, target), info));
  expect(shown('species')).toEqual(['Adelie', 'Gentoo', 'Chinstrap']);
  const weights = info.columns.find(({ distinct }) => distinct > 50)?.name ?? '';
  expect(shown(weights)).toEqual([]);
});
