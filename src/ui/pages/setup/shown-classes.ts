import type { SpecDraft } from '#app/spec-draft.svelte.ts';

/** The classes of the target, most frequent first, where the schema knows all of its values; none where it does not. */
export function shownClasses({ spec, info }: Pick<SpecDraft, 'spec' | 'info'>): readonly string[] {
  const column = info.columns.find(({ name }) => name === spec.target);
  if (column === undefined || column.distinct > column.top.length) return [];
  return column.top.map(({ value }) => value);
}
