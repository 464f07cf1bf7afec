import { cancelledError, inputError, type FailureData } from '#core/errors.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import { keepBlob } from './blobs.ts';
import type { TerrariumDatabase } from './database.ts';
import type { RunRow } from './rows.ts';
import { runNotFound } from './not-found.ts';
import { guardedWrite } from './quota.ts';

/*
 * A run's life: queued → running → finished, failed or cancelled. One whose worker seems gone is
 * interrupted; should the worker be alive after all, its next sign of life or its end prevails.
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

/** A sign of life from the worker; a run that was taken for interrupted goes on. */
export async function beat(db: TerrariumDatabase, id: string): Promise<void> {
  await guardedWrite('a sign of life of the run', () =>
    db.transaction('rw', db.runs, db.heartbeats, async () => {
      const run = await db.runs.get(id);
      if (run === undefined || !isOpen(run)) return;
      await db.heartbeats.put({ runId: id, at: Date.now() });
      if (run.status !== 'interrupted') return;
      await db.runs.put({ ...run, status: run.startedAt === undefined ? 'queued' : 'running' });
    }),
  );
}

/**
 * Stores the record, the card and every model, or nothing of them. The run is then what the record
 * says: finished or failed.
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
    isOpen(run) ? { status: 'failed', error } : null,
  );
}

/** A person stopped the run. One that has ended stays as it is. */
export async function cancelRun(db: TerrariumDatabase, id: string): Promise<void> {
  await changeRun(db, id, 'that the run was cancelled', (run) =>
    isOpen(run) ? { status: 'cancelled' } : null,
  );
}

/** The run's worker is gone. One that has ended meanwhile stays as it is. */
export async function interruptRun(db: TerrariumDatabase, id: string): Promise<void> {
  await changeRun(db, id, 'that the run was interrupted', (run) =>
    isOpen(run) ? { status: 'interrupted' } : null,
  );
}

type Changes = Partial<RunRow> & Pick<RunRow, 'status'>;

async function changeRun(
  db: TerrariumDatabase,
  id: string,
  what: string,
  changesOf: (run: RunRow) => Changes | null | Promise<Changes>,
): Promise<void> {
  await guardedWrite(what, () =>
    db.transaction('rw', db.runs, db.heartbeats, db.blobs, async () => {
      const run = await db.runs.get(id);
      if (run === undefined) throw runNotFound(id);
      const changes = await changesOf(run);
      if (changes === null) return;
      await db.runs.put({ ...run, ...changes });
      if (changes.status === 'running') await db.heartbeats.put({ runId: id, at: Date.now() });
      else await db.heartbeats.delete(id);
    }),
  );
}

/** Whether its worker may still bring it to an end. */
function isOpen(run: RunRow): boolean {
  return run.status === 'queued' || run.status === 'running' || run.status === 'interrupted';
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
