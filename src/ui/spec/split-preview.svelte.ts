import { jobs } from '#app/jobs.ts';
import type { SplitDescription } from '#core/data/split/describe-split.ts';
import { toFailure, type FailureData } from '#core/errors.ts';
import type { Spec } from '#core/spec/spec.ts';

/** A stored version of a data set. */
export interface StoredVersion {
  readonly datasetId: string;
  readonly version: number;
}

/** Long enough for a number to be typed. */
const SETTLE_MS = 250;

/** What the parts of a spec's split hold: the latest question's answer, older ones are dropped. */
export class SplitPreview {
  #description: SplitDescription | null = $state.raw(null);
  #waiting = $state(false);
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Null until it is known, and where the split cannot be made. */
  get description(): SplitDescription | null {
    return this.#description;
  }

  /** The description is of an older question. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** @param onAnswered hears why the split cannot be made, or null where it can */
  ask(version: StoredVersion, spec: Spec, onAnswered: (refusal: FailureData | null) => void): void {
    const turn = this.drop();
    this.#waiting = true;
    this.#timer = setTimeout(() => void this.#describe(turn, version, spec, onAnswered), SETTLE_MS);
  }

  /** No answer is wanted any more. */
  drop(): number {
    clearTimeout(this.#timer);
    this.#waiting = false;
    this.#turn += 1;
    return this.#turn;
  }

  async #describe(
    turn: number,
    version: StoredVersion,
    spec: Spec,
    onAnswered: (refusal: FailureData | null) => void,
  ): Promise<void> {
    let description: SplitDescription | null = null;
    let refusal: FailureData | null = null;
    try {
      description = await jobs.describeSplit({ ...version, spec });
    } catch (thrown) {
      refusal = toFailure(thrown);
    }
    if (turn !== this.#turn) return;
    this.#description = description;
    this.#waiting = false;
    onAnswered(refusal);
  }
}
