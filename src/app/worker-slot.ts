import { cancelledError, TerrariumError, unwrap, type Result } from '#core/errors.ts';

/** A started worker, as far as a slot must know it. */
export interface WorkerConnection<Api> {
  readonly api: Api;
  terminate(): void;
}

/** What every worker's interface has. */
export interface Cancellable {
  /** Asks for a job's end; its call then settles by itself. */
  cancel(jobId: string): unknown;
}

export type StartWorker<Api> = (onCrash: (reason: string) => void) => WorkerConnection<Api>;

/** How long a job may take to end by itself once asked. The person is answered within 200 ms. */
export const PATIENCE_MS = 150;

interface OpenJob {
  readonly fail: (error: TerrariumError) => void;
  /** Fulfils when the job has settled, either way. */
  readonly settled: Promise<void>;
}

/**
 * One worker, started when first needed and replaced when it dies or does not listen. Every job put
 * into it settles: with the worker's answer, or with a `TerrariumError` where the worker is gone.
 */
export class WorkerSlot<Api extends Cancellable> {
  readonly #start: StartWorker<Api>;
  readonly #open = new Map<string, OpenJob>();
  #connection: WorkerConnection<Api> | null = null;

  constructor(start: StartWorker<Api>) {
    this.#start = start;
  }

  get idle(): boolean {
    return this.#open.size === 0;
  }

  has(jobId: string): boolean {
    return this.#open.has(jobId);
  }

  /**
   * Runs one call of the worker as a job.
   * @throws TerrariumError the worker's failure, or `worker_crashed`, `worker_restarted`, `cancelled`
   */
  run<T>(jobId: string, call: (api: Api) => Promise<Result<T>>): Promise<T> {
    let fail: OpenJob['fail'] = ignore;
    const gone = new Promise<never>((_, reject) => (fail = reject));
    let answered: (answer: Promise<T>) => void = ignore;
    const answer = new Promise<T>((resolve) => (answered = resolve));
    const outcome = Promise.race([answer, gone]).finally(() => this.#open.delete(jobId));
    // The call comes last: what it brings about, at once or later, finds its job in place.
    this.#open.set(jobId, { fail, settled: outcome.then(ignore, ignore) });
    answered(this.#ask(call));
    return outcome;
  }

  /**
   * Asks a job to end, and ends its worker where it does not within `PATIENCE_MS`; jobs beside it then
   * fail with `worker_restarted`. A job that is not here needs nothing.
   * @returns whether the worker had to be ended
   */
  async cancel(jobId: string): Promise<boolean> {
    const job = this.#open.get(jobId);
    if (job === undefined) return false;
    void this.#connection?.api.cancel(jobId);
    const listened = await Promise.race([
      job.settled.then(() => true),
      new Promise<false>((resolve) => setTimeout(resolve, PATIENCE_MS, false)),
    ]);
    if (listened) return false;
    job.fail(cancelledError());
    this.#end(restarted());
    return true;
  }

  /** Says something to the worker, where there is one; its answer is not waited for. */
  tell(call: (api: Api) => unknown): void {
    if (this.#connection !== null) void call(this.#connection.api);
  }

  /** Ends the worker; what still runs in it fails. */
  end(): void {
    this.#end(restarted());
  }

  async #ask<T>(call: (api: Api) => Promise<Result<T>>): Promise<T> {
    let result: Result<T>;
    try {
      result = await call(this.#connected().api);
    } catch (thrown) {
      throw crashed(String(thrown)); // it could not be sent, or its answer not be read
    }
    return unwrap(result);
  }

  #connected(): WorkerConnection<Api> {
    if (this.#connection !== null) return this.#connection;
    const started: WorkerConnection<Api> = this.#start((reason) => {
      if (this.#connection === started) this.#end(crashed(reason));
    });
    this.#connection = started;
    return started;
  }

  #end(error: TerrariumError): void {
    this.#connection?.terminate();
    this.#connection = null;
    for (const job of this.#open.values()) job.fail(error);
  }
}

function ignore(): void {
  // Nothing is to be done.
}

function crashed(reason: string): TerrariumError {
  return new TerrariumError({
    code: 'worker_crashed',
    kind: 'internal',
    message: `The worker that computes in the background stopped: ${reason}`,
    hint: 'Try again. If it stops again, the data may be too large for this device’s memory.',
  });
}

function restarted(): TerrariumError {
  return new TerrariumError({
    code: 'worker_restarted',
    kind: 'internal',
    message: 'This was stopped because the worker it shared with another job had to be ended.',
    hint: 'Try again.',
  });
}
