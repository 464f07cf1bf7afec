import { draftKey } from '#app/drafts.ts';
import { session } from '#app/session.ts';
import type { DatasetInfo } from '#core/data/table.ts';
import type { Spec } from '#core/spec/spec.ts';
import { SpecDraft } from './spec-draft.svelte.ts';

/** Drafts of this tab by the address they were opened at: leaving a page or reloading it loses none. */
const drafts = new Map<string, SpecDraft>();

/**
 * The draft that was begun at an address, or a new one.
 * @throws TerrariumError where nothing can be proposed
 */
export function openDraft(address: string, info: DatasetInfo, propose: () => Spec): SpecDraft {
  const known = drafts.get(address);
  if (known !== undefined && known.info.sha256 === info.sha256) return known;
  const draft = new SpecDraft(propose(), info);
  const kept = read(address);
  if (kept !== null) draft.write(kept);
  drafts.set(address, draft);
  return draft;
}

export function keepDraft(address: string, draft: SpecDraft): void {
  try {
    if (!session.isPrivate) sessionStorage.setItem(draftKey(address), draft.text);
  } catch {
    // A browser that withholds storage keeps the draft until the page is reloaded.
  }
}

function read(address: string): string | null {
  try {
    return sessionStorage.getItem(draftKey(address));
  } catch {
    return null;
  }
}
