import type { DatasetDiff } from '#core/data/diff/diff-datasets.ts';
import { toFailure, type FailureData } from '#core/errors.ts';
import { jobs } from './jobs.ts';
import type { Job } from './job.ts';

export interface Compared {
  readonly before: number;
  readonly after: number;
  readonly diff: DatasetDiff;
}

/** Comparing two versions of a data set, one pair at a time: what a page shows of it. */
export class Comparison {
  readonly #datasetId: string;
  #job: Job<DatasetDiff> | null = $state.raw(null);
  #done: number = $state(0);
  #result: Compared | null = $state.raw(null);
  #failure: FailureData | null = $state.raw(null);

  constructor(datasetId: string) {
    this.#datasetId = datasetId;
  }

  get busy(): boolean {
    return this.#job !== null;
  }

  /** 0 to 1. */
  get done(): number {
    return this.#done;
  }

  get result(): Compared | null {
    return this.#result;
  }

  get failure(): FailureData | null {
    return this.#failure;
  }

  /** @param key the column that tells rows apart; null compares whole rows */
  async compare(before: number, after: number, key: string | null): Promise<void> {
    await this.cancel();
    this.#done = 0;
    this.#result = null;
    this.#failure = null;
    const query = { datasetId: this.#datasetId, before, after, key };
    const job = jobs.compareVersions(query, ({ done }) => (this.#done = done));
    this.#job = job;
    try {
      const diff = await job.done;
      if (this.#job === job) this.#result = { before, after, diff };
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (failure.kind !== 'cancelled' && this.#job === job) this.#failure = failure;
    } finally {
      if (this.#job === job) this.#job = null;
    }
  }

  async cancel(): Promise<void> {
    await this.#job?.cancel();
  }
}
