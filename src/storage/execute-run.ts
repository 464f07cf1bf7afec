import type { Engine } from '#core/engine.ts';
import {
  BACKEND_UNAVAILABLE,
  DEVICE_LOST,
  runError,
  STORAGE_FULL,
  toFailure,
} from '#core/errors.ts';
import type { FailureData, TerrariumError } from '#core/errors.ts';
import type { Job } from '#core/job-queue.ts';
import { modelCard } from '#core/registry/model-card.ts';
import { runExperiment } from '#core/run-experiment.ts';
import type { RunEvent } from '#core/run-events.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import type { BackendChoice } from '#core/spec/spec.ts';
import { hasCheckpoints, storedCheckpoints } from './checkpoints.ts';
import type { TerrariumDatabase } from './database.ts';
import { engineFor } from './engine-for.ts';
import { EXTRACTOR_MISSING, extractorBytes } from './extractors.ts';
import { whileAlive } from './liveness.ts';
import { readForSpec } from './read-for-spec.ts';
import {
  cancelRun,
  failRun,
  finishRun,
  interruptRun,
  markPaused,
  markRunning,
  markUnpaused,
} from './run-status.ts';
import { getRun } from './runs.ts';
import { inTurn } from './turns.ts';

export interface Execution {
  readonly createEngine: (choice: BackendChoice) => Promise<Engine>;
  readonly onEvent: (event: RunEvent) => void;
  /** Commit of the build, for the record. */
  readonly commit: string | null;
}

/**
 * Executes a stored run as a job: waits for its turn, reads its data set again from the stored file,
 * and stores what comes of it, a failure included.
 * @throws TerrariumError why the run did not finish
 */
export async function executeRun(
  db: TerrariumDatabase,
  runId: string,
  job: Job,
  execution: Execution,
): Promise<void> {
  await whileAlive(db, runId, () =>
    recordingFailure(db, runId, async () => {
      await job.turn();
      await inTurn(db, job.signal, async () => {
        await markRunning(db, runId);
        await execute(db, runId, job, execution);
      });
    }),
  );
}

async function execute(
  db: TerrariumDatabase,
  runId: string,
  { signal, gate, look }: Job,
  { createEngine, onEvent, commit }: Execution,
): Promise<void> {
  const { spec, datasetId, datasetVersion } = await getRun(db, runId);
  const dataset = await readForSpec(db, { datasetId, version: datasetVersion }, spec, signal);
  const engine = await engineFor(db, runId, createEngine);
  const { record, models } = await runExperiment({
    spec,
    dataset,
    engine,
    signal,
    gate,
    look,
    checkpoints: storedCheckpoints(db, runId),
    extractorBytes: (wanted) => extractorBytes(db, wanted),
    onEvent: (event) => {
      notePause(db, runId, event);
      onEvent(event);
    },
    id: runId,
    commit,
  });
  const error = record.status === 'failed' ? parityError(record) : undefined;
  const card = modelCard(record);
  await finishRun(db, runId, { record, models, card, ...(error && { error: error.toData() }) });
  if (error !== undefined) throw error;
}

/** A pause that cannot be noted holds all the same. */
function notePause(db: TerrariumDatabase, runId: string, { type }: RunEvent): void {
  if (type === 'paused') markPaused(db, runId).catch(() => undefined);
  if (type === 'unpaused') markUnpaused(db, runId).catch(() => undefined);
}

function parityError(record: RunRecord): TerrariumError {
  const names = record.candidates.filter(({ parity }) => !parity.passed).map(({ name }) => name);
  return runError(
    'parity_failed',
    `The run does not count as finished: the exported model of ${names.join(', ')} does not agree with the trained one.`,
    'Its record shows by how much. Try another backend, or scale the numeric columns.',
    { candidates: names },
  );
}

async function recordingFailure(
  db: TerrariumDatabase,
  runId: string,
  body: () => Promise<void>,
): Promise<void> {
  try {
    await body();
  } catch (thrown) {
    const failure = toFailure(thrown);
    // A run that another worker has, or that has ended, is not ours to fail.
    if (failure.code === 'run_not_queued') throw thrown;
    // The first failure is the one to tell; a run left without its end counts as interrupted.
    await recordEnd(db, runId, failure).catch(() => undefined);
    throw thrown;
  }
}

async function recordEnd(
  db: TerrariumDatabase,
  runId: string,
  failure: FailureData,
): Promise<void> {
  if (failure.kind === 'cancelled') await cancelRun(db, runId);
  else if (await mayGoOn(db, runId, failure)) await interruptRun(db, runId, failure);
  else await failRun(db, runId, failure);
}

/** Whether it can go on from its last checkpoint: what passes by itself does not take with it what was done. */
async function mayGoOn(
  db: TerrariumDatabase,
  runId: string,
  { code }: FailureData,
): Promise<boolean> {
  // Another worker gets the GPU back.
  if (code === DEVICE_LOST) return true;
  // The backend may be there again another day, room for the result may be made, and a file be brought again.
  const passes = [BACKEND_UNAVAILABLE, STORAGE_FULL, EXTRACTOR_MISSING].includes(code);
  return passes && hasCheckpoints(db, runId);
}
