import type { Finding, Remedy } from '#core/data/audit/finding.ts';
import { changeSpec, says, undoOf, valueAt } from '#core/spec/change-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { keepDraft } from './kept-drafts.ts';
import { keepSettled, readSettled, type SettledFinding } from './kept-settlements.ts';
import type { SpecDraft } from './spec-draft.svelte.ts';

/**
 * The remedies that were applied to a draft. The draft itself says which still hold: one that was changed in the
 * setup is settled no more. They are kept as long as the draft is.
 */
export class SettledFindings {
  readonly #address: string;
  readonly #draft: SpecDraft;
  #applied: readonly SettledFinding[] = $state.raw([]);

  constructor(address: string, draft: SpecDraft) {
    this.#address = address;
    this.#draft = draft;
    this.#applied = readSettled(address);
  }

  /** Those that the draft says still. */
  get all(): readonly SettledFinding[] {
    return this.#applied.filter(({ remedy }) => says(this.#draft.spec, remedy.changes));
  }

  /**
   * Puts a remedy into the draft, for a finding and all others that it is a remedy of.
   * @returns whether the draft still has what the remedy changes
   */
  apply(finding: Finding, remedy: Remedy, all: readonly Finding[]): boolean {
    const { spec } = this.#draft;
    const undo = undoOf(spec, remedy.changes);
    const changed = changedSpec(spec, remedy);
    if (changed === null) return false;
    this.#draft.change(changed);
    const of = [finding, ...all.filter((one) => one !== finding && hasRemedy(one, remedy))];
    const keys = of.map(findingKey);
    const others = this.#applied.filter((one) => !keys.includes(findingKey(one.finding)));
    this.#keep([...others, ...of.map((one) => ({ finding: one, remedy, undo }))]);
    return true;
  }

  /** Whether nothing else was made of what the remedy set. */
  canUndo({ remedy }: SettledFinding): boolean {
    const { spec } = this.#draft;
    return remedy.changes.every((change) =>
      change.item === undefined
        ? JSON.stringify(valueAt(spec, change.path)) === JSON.stringify(change.value)
        : says(spec, [change]),
    );
  }

  undo(settled: SettledFinding): void {
    this.#draft.change(changeSpec(this.#draft.spec, settled.undo));
    this.#keep(this.#applied.filter(({ remedy }) => !isSame(remedy, settled.remedy)));
  }

  #keep(applied: readonly SettledFinding[]): void {
    this.#applied = applied;
    keepDraft(this.#address, this.#draft);
    keepSettled(this.#address, applied);
  }
}

/** Null where the spec has lost what the remedy changes, such as a candidate, since the audit looked. */
function changedSpec(spec: Spec, { changes }: Remedy): Spec | null {
  try {
    return changeSpec(spec, changes);
  } catch {
    return null;
  }
}

function isSame(a: Remedy, b: Remedy): boolean {
  return JSON.stringify(a.changes) === JSON.stringify(b.changes);
}

function hasRemedy({ remedies }: Finding, remedy: Remedy): boolean {
  return remedies.some((one) => isSame(one, remedy));
}

/** Tells findings apart, whichever audit found them: one column may have two missing codes, each with its remedy. */
export function findingKey({ code, columns, remedies }: Finding): string {
  return JSON.stringify([code, columns, remedies[0]?.label ?? null]);
}

/** The findings for which a spec says no remedy, and decides nothing where they are about personal data. */
export function unsettled(findings: readonly Finding[], spec: Spec): readonly Finding[] {
  return findings.filter(
    ({ code, columns, remedies }) =>
      !remedies.some(({ changes }) => says(spec, changes)) &&
      !(code.startsWith('personal_') && spec.columns[columns[0] ?? '']?.personal !== undefined),
  );
}
