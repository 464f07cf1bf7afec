import { jobs } from '#app/jobs.ts';
import type { SplitDescription } from '#core/run/describe-split.ts';
import type { FailureData } from '#core/errors.ts';
import type { Spec } from '#core/spec/spec.ts';
import { LatestAnswer } from './latest-answer.svelte.ts';

/** A stored version of a data set. */
export interface StoredVersion {
  readonly datasetId: string;
  readonly version: number;
}

/** What the parts of a spec's split hold: the latest question's answer. */
export class SplitPreview extends LatestAnswer<SplitDescription> {
  /** Null until it is known, and where the split cannot be made. */
  get description(): SplitDescription | null {
    return this.answer;
  }

  /** @param onAnswered hears why the split cannot be made, or null where it can */
  ask(version: StoredVersion, spec: Spec, onAnswered: (refusal: FailureData | null) => void): void {
    this.askFor(() => jobs.describeSplit({ ...version, spec }), onAnswered);
  }
}
