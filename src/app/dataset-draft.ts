import type { DatasetInfo } from '#core/data/table.ts';
import { TerrariumError } from '#core/errors.ts';
import { proposeSpec, proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { draftAddress, openDraft, type DraftQuestion } from './kept-drafts.ts';
import type { SpecDraft } from './spec-draft.svelte.ts';

/** The setup's draft for a question, begun or not; null where nothing can be proposed. */
export function datasetDraft(
  question: DraftQuestion,
  info: DatasetInfo,
): { readonly address: string; readonly draft: SpecDraft } | null {
  const { target, run, task } = question;
  const isText = target === null && task === 'language';
  if (target === null && run === null && !isText) return null;
  const address = draftAddress(question);
  const propose = (): Spec =>
    isText ? proposeWithoutTarget(info, task) : proposeSpec(info, target ?? '');
  try {
    return { address, draft: openDraft(address, info, propose) };
  } catch (thrown) {
    if (thrown instanceof TerrariumError) return null;
    throw thrown;
  }
}
