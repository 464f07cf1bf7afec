import type { Finding, Remedy } from '#core/data/audit/finding.ts';
import type { SpecChange } from '#core/spec/change-spec.ts';
import { draftKey } from './drafts.ts';
import { session } from './session.ts';

/** A finding, the remedy that was applied for it, and what takes that back. */
export interface SettledFinding {
  readonly finding: Finding;
  readonly remedy: Remedy;
  readonly undo: readonly SpecChange[];
}

const kept = new Map<string, readonly SettledFinding[]>();

/** What was settled in the draft of an address; kept as long as the draft is. */
export function readSettled(address: string): readonly SettledFinding[] {
  const known = kept.get(address);
  if (known !== undefined) return known;
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key(address)) ?? '[]');
    return Array.isArray(stored) ? (stored as readonly SettledFinding[]) : [];
  } catch {
    return [];
  }
}

export function keepSettled(address: string, settled: readonly SettledFinding[]): void {
  kept.set(address, settled);
  try {
    if (!session.isPrivate) sessionStorage.setItem(key(address), JSON.stringify(settled));
  } catch {
    // A browser that withholds storage keeps them until the page is reloaded.
  }
}

function key(address: string): string {
  return draftKey(`settled:${address}`);
}
