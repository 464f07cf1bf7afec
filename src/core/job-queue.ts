import { cancelledError } from './errors.ts';

/** What a job's body gets. */
export interface Job {
  /** Aborted by `cancel`. */
  readonly signal: AbortSignal;
  /** Waits until the jobs before this one have ended; throws `cancelled` as soon as this one is. */
  readonly turn: () => Promise<unknown>;
}

/**
 * Jobs by id, which can be cancelled and take turns in the order in which they came. A body runs at
 * once, up to where it waits for its turn.
 */
export class JobQueue {
  readonly #controllers = new Map<string, AbortController>();
  #allBefore: Promise<unknown> = Promise.resolve();

  async run<T>(jobId: string, body: (job: Job) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const { signal } = controller;
    this.#controllers.set(jobId, controller);
    const before = this.#allBefore;
    const outcome = body({ signal, turn: () => unlessAborted(before, signal) });
    this.#allBefore = Promise.allSettled([before, outcome]);
    try {
      return await outcome;
    } finally {
      this.#controllers.delete(jobId);
    }
  }

  /** Does nothing where the job has ended. */
  cancel(jobId: string): void {
    this.#controllers.get(jobId)?.abort();
  }
}

/** What is waited for; throws `cancelled` as soon as the signal is aborted. */
export function unlessAborted<T>(wait: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(cancelledError());
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void wait.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
