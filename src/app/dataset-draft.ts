import type { DatasetInfo } from '#core/data/table.ts';
import { TerrariumError } from '#core/errors.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { draftAddress, openDraft, type DraftQuestion } from './kept-drafts.ts';
import type { SpecDraft } from './spec-draft.svelte.ts';

/** The setup's draft for a question, begun or not; null where nothing can be proposed. */
export function datasetDraft(
  question: DraftQuestion,
  info: DatasetInfo,
): { readonly address: string; readonly draft: SpecDraft } | null {
  const { target, run } = question;
  if (target === null && run === null) return null;
  const address = draftAddress(question);
  try {
    return { address, draft: openDraft(address, info, () => proposeSpec(info, target ?? '')) };
  } catch (thrown) {
    if (thrown instanceof TerrariumError) return null;
    throw thrown;
  }
}
