import {
  BACKEND_UNAVAILABLE,
  cancelledError,
  DEVICE_LOST,
  TerrariumError,
  toFailure,
} from '#core/errors.ts';
import type { RunEvent } from '#core/run-events.ts';
import type { TerrariumDatabase } from '#storage/database.ts';
import { hasCheckpoints } from '#storage/checkpoints.ts';
import { cancelRun, failRun, interruptRun } from '#storage/run-status.ts';
import { getRun } from '#storage/runs.ts';
import type { Job } from './job.ts';

/** A training in a worker, which goes on in a new one where its own is gone. */
export interface TrainingJob extends Job<{ readonly runId: string }> {
  /** It waits after its next step; the run's events say when it does. */
  pause(): void;
  goOn(): void;
  /** Its next event of layers shows what they hold. */
  look(): void;
}

/** How often a training goes on by itself in a new worker. */
const MOST_RESTARTS = 3;

/** How often, and after how long, to ask again where the worker before still seems to have the run, or the GPU is not back. */
const ASK_AGAIN = { times: 20, afterMs: 250 } as const;

/** How a stored run is trained in a worker. */
export interface TrainingCalls {
  readonly id: string;
  readonly runId: string;
  /** Trains it until its end, in a worker that is started where there is none. */
  train(): Promise<{ readonly runId: string }>;
  cancel(): Promise<unknown>;
  pause(): void;
  goOn(): void;
  look(): void;
  /** Ends the worker, should there be one. */
  endWorker(): void;
  hear(event: RunEvent): void;
}

/** Trains a stored run; storage says how it ended, also where its worker had to be ended. */
export function startTraining(db: TerrariumDatabase, calls: TrainingCalls): TrainingJob {
  const { id, runId } = calls;
  let isCancelled = false;
  let isPaused = false;

  async function train(): Promise<{ readonly runId: string }> {
    if (isCancelled) throw cancelledError();
    const trained = calls.train();
    // A new worker does not know what a person said to the one before.
    if (isPaused) calls.pause();
    return trained;
  }

  async function trainOn(): Promise<{ readonly runId: string }> {
    for (let restarts = 0; ; restarts += 1) {
      try {
        return await (restarts === 0 ? train() : whenFree(train));
      } catch (thrown) {
        if (!isLost(thrown) || restarts === MOST_RESTARTS) throw thrown;
        // A worker that has lost its GPU gets no other one.
        calls.endWorker();
        await interruptRun(db, runId);
        calls.hear({ type: 'warning', message: restartText(thrown, restarts + 1) });
      }
    }
  }

  const done = trainOn().catch(async (thrown: unknown) => {
    await recordEnd(db, runId, thrown);
    throw thrown;
  });
  return {
    id,
    done,
    cancel: async () => {
      isCancelled = true;
      await calls.cancel();
    },
    pause: () => {
      isPaused = true;
      calls.pause();
    },
    goOn: () => {
      isPaused = false;
      calls.goOn();
    },
    look: () => calls.look(),
  };
}

const losses: ReadonlySet<string> = new Set(['worker_crashed', DEVICE_LOST]);
/** What a new worker may meet for a moment. */
const passing: ReadonlySet<string> = new Set(['run_taken', BACKEND_UNAVAILABLE]);

function isLost(thrown: unknown): thrown is TerrariumError {
  return thrown instanceof TerrariumError && losses.has(thrown.code);
}

function restartText({ message }: TerrariumError, restarts: number): string {
  return `${message} The run goes on in a new worker (${restarts} of at most ${MOST_RESTARTS} times).`;
}

/** The browser may take a moment until it knows that the worker before is gone, or gives the GPU back. */
async function whenFree<T>(train: () => Promise<T>): Promise<T> {
  for (let asked = 1; ; asked += 1) {
    try {
      return await train();
    } catch (thrown) {
      const mayPass = thrown instanceof TerrariumError && passing.has(thrown.code);
      if (!mayPass || asked === ASK_AGAIN.times) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN.afterMs));
    }
  }
}

/** A worker that is gone can't write how its run ended. One that wrote it already is not overruled. */
async function recordEnd(db: TerrariumDatabase, runId: string, thrown: unknown): Promise<void> {
  const failure = toFailure(thrown);
  try {
    if (failure.kind === 'cancelled') await cancelRun(db, runId);
    else if (failure.code.startsWith('worker_')) {
      const { startedAt } = await getRun(db, runId);
      const hasBegun = startedAt !== undefined || (await hasCheckpoints(db, runId));
      await (hasBegun ? interruptRun(db, runId, failure) : failRun(db, runId, failure));
    }
  } catch {
    // Storage that can't be written: the run is found interrupted when the page opens next.
  }
}
