import type { ReadSettings } from '#core/data/read/settings.ts';
import { toFailure, type FailureData } from '#core/errors.ts';
import type { ReadProgress } from '#core/protocol/data-worker.ts';
import type { DatasetEntity } from '#storage/entities.ts';
import { jobs } from './jobs.ts';
import type { Job } from './job.ts';

/** Reading a stored version in another way: what a page shows of it. */
export class Rereader {
  #job: Job<null> | null = $state.raw(null);
  #progress: ReadProgress | null = $state.raw(null);
  #failure: FailureData | null = $state.raw(null);

  get busy(): boolean {
    return this.#job !== null;
  }

  get progress(): ReadProgress | null {
    return this.#progress;
  }

  get failure(): FailureData | null {
    return this.#failure;
  }

  /** @returns whether it is read so now; where it is not, see `failure`, and it is read as before */
  async read({ id, version }: DatasetEntity, settings: ReadSettings): Promise<boolean> {
    await this.cancel();
    const job = jobs.readAgain({ datasetId: id, version, settings }, (progress) => {
      if (this.#job === job) this.#progress = progress;
    });
    this.#job = job;
    try {
      await job.done;
      return true;
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (failure.kind !== 'cancelled' && this.#job === job) this.#failure = failure;
      return false;
    } finally {
      if (this.#job === job) this.#job = null;
    }
  }

  /** Ends what is under way, and forgets why it failed before. */
  async cancel(): Promise<void> {
    this.#progress = null;
    this.#failure = null;
    await this.#job?.cancel();
  }
}
