import { cancelledError } from './errors.ts';
import { PauseGate } from './pause-gate.ts';
import { Wish } from './wish.ts';

/** What a job's body gets. */
export interface Job {
  /** Aborted by `cancel`. */
  readonly signal: AbortSignal;
  /** Waits until the jobs before this one have ended; throws `cancelled` as soon as this one is. */
  readonly turn: () => Promise<unknown>;
  /** Closed by `pause` and opened by `goOn`; a body that can't wait need not look at it. */
  readonly gate: PauseGate;
  /** Made by `look`: somebody wants to see what a network's layers hold. */
  readonly look: Wish;
}

/**
 * Jobs by id, which can be cancelled and take turns in the order in which they came. A body runs at
 * once, up to where it waits for its turn.
 */
export class JobQueue {
  readonly #jobs = new Map<
    string,
    { readonly controller: AbortController; readonly gate: PauseGate; readonly look: Wish }
  >();
  #allBefore: Promise<unknown> = Promise.resolve();

  async run<T>(jobId: string, body: (job: Job) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const { signal } = controller;
    const gate = new PauseGate();
    const look = new Wish();
    this.#jobs.set(jobId, { controller, gate, look });
    const before = this.#allBefore;
    const outcome = body({ signal, turn: () => unlessAborted(before, signal), gate, look });
    this.#allBefore = Promise.allSettled([before, outcome]);
    try {
      return await outcome;
    } finally {
      this.#jobs.delete(jobId);
    }
  }

  /** Does nothing where the job has ended. */
  cancel(jobId: string): void {
    this.#jobs.get(jobId)?.controller.abort();
  }

  pause(jobId: string): void {
    this.#jobs.get(jobId)?.gate.close();
  }

  look(jobId: string): void {
    this.#jobs.get(jobId)?.look.make();
  }

  /** Ends a pause. */
  goOn(jobId: string): void {
    this.#jobs.get(jobId)?.gate.open();
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
