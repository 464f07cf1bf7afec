import { settle, type Result } from '#core/errors.ts';
import { JobQueue } from '#core/job-queue.ts';
import { openStorage, type TerrariumDatabase } from './database.ts';

/** A worker's jobs on storage, one after the other in the order in which they came. */
export class StorageJobs {
  readonly #queue = new JobQueue();

  /** Runs a job's body when the jobs before it have ended. */
  run<T>(
    jobId: string,
    body: (db: TerrariumDatabase, signal: AbortSignal) => Promise<T>,
  ): Promise<Result<T>> {
    const outcome = this.#queue.run(jobId, async ({ signal, turn }) => {
      await turn();
      return body(await openStorage(), signal);
    });
    return settle(() => outcome);
  }

  /** Does nothing where the job has ended. */
  cancel(jobId: string): void {
    this.#queue.cancel(jobId);
  }
}

/** Answers a question at once, beside the jobs. */
export function fromStorage<T>(body: (db: TerrariumDatabase) => Promise<T>): Promise<Result<T>> {
  return settle(async () => body(await openStorage()));
}
