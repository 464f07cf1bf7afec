import { toFailure, type FailureData } from '#core/errors.ts';
import type { RateFinding, RateProgress } from '#core/find-rate.ts';
import type { Spec, SpecCandidate } from '#core/spec/spec.ts';
import { jobs } from './jobs.ts';
import type { Job } from './job.ts';

/** A stored version, and what is asked of it. */
export interface RateQuestion {
  readonly datasetId: string;
  readonly version: number;
  readonly spec: Spec;
  readonly candidate: SpecCandidate;
}

/** The search for a candidate's learning rate: the last question's answer. */
export class RateSearch {
  #job: Job<RateFinding> | null = $state.raw(null);
  #progress: RateProgress | null = $state.raw(null);
  #failure: FailureData | null = $state.raw(null);
  #found: { readonly finding: RateFinding; readonly of: string } | null = $state.raw(null);

  get busy(): boolean {
    return this.#job !== null;
  }

  /** Null while it waits for its turn. */
  get progress(): RateProgress | null {
    return this.#progress;
  }

  get failure(): FailureData | null {
    return this.#failure;
  }

  get finding(): RateFinding | null {
    return this.#found?.finding ?? null;
  }

  /** Whether what was found is still of this question. */
  isOf(question: RateQuestion): boolean {
    return this.#found?.of === factsOf(question);
  }

  async start(question: RateQuestion): Promise<void> {
    await this.cancel();
    const { candidate, ...rest } = question;
    const job = jobs.findRate({ ...rest, candidate: candidate.name }, (progress) => {
      if (this.#job === job) this.#progress = progress;
    });
    this.#job = job;
    this.#progress = null;
    this.#failure = null;
    this.#found = null;
    try {
      const finding = await job.done;
      if (this.#job === job) this.#found = { finding, of: factsOf(question) };
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (this.#job === job && failure.kind !== 'cancelled') this.#failure = failure;
    } finally {
      if (this.#job === job) this.#job = null;
    }
  }

  async cancel(): Promise<void> {
    await this.#job?.cancel();
  }
}

/** All that decides what is found: of the spec what training reads, and of the candidate all but its rate. */
function factsOf({ datasetId, version, spec, candidate }: RateQuestion): string {
  const { data, task, target, columns, forecast, query, rows, split, seed, backend } = spec;
  const { model, steps = spec.steps, balance } = candidate;
  const parameters = { ...candidate.parameters, learning_rate: null };
  const read = { data, task, target, columns, forecast, query, rows, split, seed, backend };
  return JSON.stringify({ datasetId, version, read, model, parameters, steps, balance });
}
