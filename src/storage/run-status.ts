import { cancelledError, inputError, type FailureData } from '#core/errors.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import { keepBlob } from './blobs.ts';
import { deleteCheckpoints } from './checkpoints.ts';
import type { TerrariumDatabase } from './database.ts';
import { isLive, mayEnd } from './entities.ts';
import type { RunRow } from './rows.ts';
import { runNotFound } from './not-found.ts';
import { guardedWrite } from './quota.ts';

/*
 * A run's life: queued → running → finished, failed or cancelled; running ⇄ paused. One whose worker seems gone is
 * interrupted, and may be queued again; should the worker be alive after all, its next sign of life or its end prevails.
 */

/** What a run that was executed leaves behind. */
export interface RunResult {
  readonly record: RunRecord;
  readonly card: string;
  /** ONNX bytes by candidate name; the candidate's record holds their hash. */
  readonly models: ReadonlyMap<string, Uint8Array>;
  /** Why, where the record says `failed`. */
  readonly error?: FailureData;
}

/**
 * The worker begins.
 * @throws TerrariumError `run_not_found`, or `run_not_queued` where another worker has it or it ended
 */
export async function markRunning(db: TerrariumDatabase, id: string): Promise<void> {
  await changeRun(db, id, 'that the run began', (run) => {
    if (run.status !== 'queued' && run.status !== 'interrupted') throw notQueued(run);
    return { status: 'running', startedAt: new Date().toISOString() };
  });
}

/** The worker waits until a person lets it go on. */
export async function markPaused(db: TerrariumDatabase, id: string): Promise<void> {
  await changeRun(db, id, 'that the run is paused', (run) =>
    run.status === 'running' ? { status: 'paused' } : null,
  );
}

/** The worker goes on after a pause. */
export async function markUnpaused(db: TerrariumDatabase, id: string): Promise<void> {
  await changeRun(db, id, 'that the run goes on', (run) =>
    run.status === 'paused' ? { status: 'running' } : null,
  );
}

/**
 * A run that was interrupted waits for a worker again.
 * @throws TerrariumError `run_not_found`, or `run_not_interrupted`
 */
export async function queueAgain(db: TerrariumDatabase, id: string): Promise<void> {
  await changeRun(db, id, 'that the run goes on', (run) => {
    if (run.status !== 'interrupted') throw notInterrupted(run);
    return { status: 'queued' };
  });
}

/** A sign of life from the worker; a run that was taken for interrupted goes on. */
export async function beat(db: TerrariumDatabase, id: string): Promise<void> {
  await guardedWrite('a sign of life of the run', () =>
    db.transaction('rw', db.runs, db.heartbeats, async () => {
      const run = await db.runs.get(id);
      if (run === undefined || !mayEnd(run)) return;
      await db.heartbeats.put({ runId: id, at: Date.now() });
      if (run.status !== 'interrupted') return;
      await db.runs.put({ ...run, status: run.startedAt === undefined ? 'queued' : 'running' });
    }),
  );
}

/**
 * Stores the record, the card and every model, or nothing of them. The run is then what the record
 * says: finished or failed. One that has a result already keeps it.
 * @throws TerrariumError `storage_full`, `run_not_found`, `cancelled` where it was cancelled meanwhile
 */
export async function finishRun(
  db: TerrariumDatabase,
  id: string,
  result: RunResult,
): Promise<void> {
  const { record, card, error } = result;
  const files = modelFiles(result);
  await changeRun(db, id, `the result of the run ${record.name}`, async (run) => {
    if (run.status === 'cancelled') throw cancelledError();
    // Two workers had it, each in its turn taken for dead: the models of the first must not stay behind.
    if (run.record !== undefined) return null;
    for (const { sha256, blob } of files) await keepBlob(db, sha256, blob);
    return {
      status: record.status,
      record,
      card,
      models: Object.fromEntries(files.map(({ candidate, sha256 }) => [candidate, sha256])),
      modelHashes: [...new Set(files.map(({ sha256 }) => sha256))],
      ...(error === undefined ? {} : { error }),
    };
  });
}

/** The run ended without a result. One that has ended in another way stays as it is. */
export async function failRun(db: TerrariumDatabase, id: string, error: FailureData) {
  await changeRun(db, id, 'that the run failed', (run) =>
    mayEnd(run) ? { status: 'failed', error } : null,
  );
}

/** A person stopped the run. One that has ended stays as it is. */
export async function cancelRun(db: TerrariumDatabase, id: string): Promise<void> {
  await changeRun(db, id, 'that the run was cancelled', (run) =>
    mayEnd(run) ? { status: 'cancelled' } : null,
  );
}

/**
 * The run's worker is gone. One that has ended meanwhile stays as it is.
 * @param error why, where it is known
 */
export async function interruptRun(
  db: TerrariumDatabase,
  id: string,
  error?: FailureData,
): Promise<void> {
  await changeRun(db, id, 'that the run was interrupted', (run) =>
    mayEnd(run) ? { status: 'interrupted', ...(error && { error }) } : null,
  );
}

type Changes = Partial<RunRow> & Pick<RunRow, 'status'>;

async function changeRun(
  db: TerrariumDatabase,
  id: string,
  what: string,
  changesOf: (run: RunRow) => Changes | null | Promise<Changes | null>,
): Promise<void> {
  await guardedWrite(what, () =>
    db.transaction('rw', db.runs, db.heartbeats, db.blobs, db.checkpoints, async () => {
      const run = await db.runs.get(id);
      if (run === undefined) throw runNotFound(id);
      const changes = await changesOf(run);
      if (changes === null) return;
      await db.runs.put({ ...withoutPast(run, changes), ...changes });
      if (isLive(changes)) await db.heartbeats.put({ runId: id, at: Date.now() });
      else await db.heartbeats.delete(id);
      if (!mayEnd(changes)) await deleteCheckpoints(db, id);
    }),
  );
}

/**
 * Why a run was interrupted before says nothing of where it is now; nor does when it began, once it waits again: taken for
 * dead in the queue, it must be waiting after its worker's next sign of life, and not running.
 */
function withoutPast(run: RunRow, { status }: Changes): RunRow {
  const rest = { ...run };
  delete rest.error;
  if (status === 'queued') delete rest.startedAt;
  return rest;
}

function modelFiles({ record, models }: RunResult) {
  return record.candidates.flatMap(({ name, onnx }) => {
    const bytes = models.get(name);
    if (bytes === undefined) return [];
    const blob = new Blob([bytes.slice()], { type: 'application/octet-stream' });
    return [{ candidate: name, sha256: onnx.sha256, blob }];
  });
}

function notQueued(run: RunRow) {
  return inputError(
    'run_not_queued',
    `The run ${run.name} can't be started: it is ${run.status}.`,
    'Make a new run of the same spec.',
    { id: run.id, status: run.status },
  );
}

function notInterrupted(run: RunRow) {
  return inputError(
    'run_not_interrupted',
    `The run ${run.name} can't go on: it is ${run.status}.`,
    'Make a new run of the same spec.',
    { id: run.id, status: run.status },
  );
}
