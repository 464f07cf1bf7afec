import type { DatasetInfo } from '#core/data/table.ts';
import { tasks, type Spec, type Task } from '#core/spec/spec.ts';
import { hasTarget } from '#core/spec/tasks.ts';
import { draftKey } from './drafts.ts';
import { session } from './session.ts';
import { SpecDraft } from './spec-draft.svelte.ts';

/**
 * Drafts of this tab by the address they were opened at, and by how the data was read: leaving a page or
 * reloading it loses none, and a file read in another way has other columns to decide on.
 */
const drafts = new Map<string, SpecDraft>();

/** What a draft is for: a data set's version (null for the newest), and a target, a task without one, or a run to take over. */
export interface DraftQuestion {
  readonly datasetId: string;
  readonly target: string | null;
  /** Asked where there is no target. */
  readonly task: Task | null;
  readonly version: string | null;
  readonly run: string | null;
}

/** The question that the query of a data set's pages asks. */
export function draftQuestion(datasetId: string, query: string | undefined): DraftQuestion {
  const pairs = new URLSearchParams(query ?? '');
  const [target, version, run] = ['target', 'version', 'run'].map((name) => pairs.get(name));
  const asked = tasks.find((one) => one === pairs.get('task') && !hasTarget(one));
  return {
    datasetId,
    target: target ?? null,
    task: asked ?? null,
    version: version ?? null,
    run: run ?? null,
  };
}

/** The address of the draft that answers a question, on whichever page it is asked. */
export function draftAddress({ datasetId, target, task, version, run }: DraftQuestion): string {
  const pairs = Object.entries({ target, task, version, run }).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `${datasetId}?${pairs.join('&')}`;
}

/**
 * The draft that was begun at an address, or a new one.
 * @throws TerrariumError where nothing can be proposed
 */
export function openDraft(address: string, info: DatasetInfo, propose: () => Spec): SpecDraft {
  const key = keyOf(address, info);
  const known = drafts.get(key);
  if (known !== undefined && known.info.sha256 === info.sha256) return known;
  const draft = new SpecDraft(propose(), info);
  const kept = read(key);
  if (kept !== null) draft.write(kept);
  drafts.set(key, draft);
  return draft;
}

export function keepDraft(address: string, draft: SpecDraft): void {
  try {
    if (session.isPrivate) return;
    sessionStorage.setItem(draftKey(keyOf(address, draft.info)), draft.text);
  } catch {
    // A browser that withholds storage keeps the draft until the page is reloaded.
  }
}

function keyOf(address: string, { settings }: DatasetInfo): string {
  return settings === undefined ? address : `${address} ${JSON.stringify(settings)}`;
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(draftKey(key));
  } catch {
    return null;
  }
}
