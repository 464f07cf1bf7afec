import { inputError } from '#core/errors.ts';
import type { TerrariumDatabase } from './database.ts';
import { liveStatuses } from './entities.ts';
import type { RunRow } from './rows.ts';
import { guardedRead } from './quota.ts';
import { beat, interruptRun } from './run-status.ts';

/*
 * Whether a run's worker is alive. Where the browser has Web Locks the worker holds `run:<id>`, which
 * the browser releases at once with a closed tab; the page that queues the run holds another, since the worker
 * may still be on its way. On plain http there are none: there it beats.
 */
export const BEAT_EVERY_MS = 1_000;
export const DEAD_AFTER_MS = 10_000;
/** Without Web Locks a queued run's worker may still be loading its code, over a slow network too. */
export const UNCLAIMED_AFTER_MS = 30_000;

const LOCK_PREFIX = 'run:';
const PAGE_PREFIX = 'page of run:';

/** Web Locks, or null where the browser withholds them. */
export function webLocks(): LockManager | null {
  const host: { readonly navigator?: { readonly locks?: LockManager } } = globalThis;
  return host.navigator?.locks ?? null;
}

/**
 * Runs a body while this worker counts as the run's, from queueing to the end.
 * @throws TerrariumError `run_taken` where another worker, of any tab, has the run
 */
export async function whileAlive<T>(
  db: TerrariumDatabase,
  runId: string,
  body: () => Promise<T>,
  locks: LockManager | null = webLocks(),
): Promise<T> {
  if (locks === null) return whileBeating(db, runId, body);
  return locks.request(lockName(runId), { ifAvailable: true }, async (lock) => {
    if (lock === null) throw taken(runId);
    return body();
  });
}

/**
 * Holds a run for a page: before it is queued, until its job is over. While a page does, it is no run whose worker is gone.
 * @returns lets go of it
 */
export function holdForPage(
  runId: string,
  locks: LockManager | null = webLocks(),
): Promise<() => void> {
  if (locks === null) return Promise.resolve(() => undefined);
  return new Promise((resolve, reject) => {
    // Shared: of two tabs that resume a run at once, storage lets one.
    const options = { mode: 'shared' } as const;
    const held = () => new Promise<void>((letGo) => resolve(letGo));
    locks.request(PAGE_PREFIX + runId, options, held).catch(reject);
  });
}

/**
 * Marks queued and running runs as interrupted whose worker is gone. Cheap; for the start of a page,
 * and every few seconds while a page shows runs.
 * @returns ids of the runs marked
 */
export async function reclaimInterrupted(
  db: TerrariumDatabase,
  locks: LockManager | null = webLocks(),
  nowMs: number = Date.now(),
): Promise<readonly string[]> {
  const open = await guardedRead(() => db.runs.where('status').anyOf(liveStatuses).toArray());
  if (open.length === 0) return [];
  // Asked after reading: a page takes its lock before it queues a run, a worker before it marks it running.
  const held = locks === null ? null : await heldNames(locks);
  const dead: string[] = [];
  for (const run of open) {
    const isAlive = held === null ? await hasBeaten(db, run, nowMs) : isHeld(run, held);
    if (isAlive) continue;
    await interruptRun(db, run.id);
    dead.push(run.id);
  }
  return dead;
}

/** The name of a run that trains now, in any tab and any database of this origin; null where none does. */
export async function trainingNow(
  db: TerrariumDatabase,
  locks: LockManager | null = webLocks(),
): Promise<string | null> {
  await reclaimInterrupted(db, locks);
  const open = await guardedRead(() => db.runs.where('status').anyOf(liveStatuses).first());
  if (open !== undefined) return open.name;
  const held = locks === null ? [] : [...(await heldNames(locks))];
  return held.some((name) => name?.startsWith(LOCK_PREFIX) === true) ? 'of another tab' : null;
}

function isHeld({ id, status }: RunRow, held: ReadonlySet<string | undefined>): boolean {
  return held.has(lockName(id)) || (status === 'queued' && held.has(PAGE_PREFIX + id));
}

async function hasBeaten(
  db: TerrariumDatabase,
  { id, status }: RunRow,
  nowMs: number,
): Promise<boolean> {
  const heartbeat = await guardedRead(() => db.heartbeats.get(id));
  const patienceMs = status === 'queued' ? UNCLAIMED_AFTER_MS : DEAD_AFTER_MS;
  return heartbeat !== undefined && nowMs - heartbeat.at < patienceMs;
}

async function whileBeating<T>(
  db: TerrariumDatabase,
  runId: string,
  body: () => Promise<T>,
): Promise<T> {
  // A beat that can't be stored is no reason to stop: the end of the run prevails over its lack.
  const tryBeat = () => beat(db, runId).catch(() => undefined);
  const timer = setInterval(() => void tryBeat(), BEAT_EVERY_MS);
  try {
    await tryBeat();
    return await body();
  } finally {
    clearInterval(timer);
  }
}

async function heldNames(locks: LockManager): Promise<ReadonlySet<string | undefined>> {
  const { held = [] } = await locks.query();
  return new Set(held.map((lock) => lock.name));
}

function lockName(runId: string): string {
  return LOCK_PREFIX + runId;
}

function taken(runId: string) {
  return inputError(
    'run_taken',
    'This run is already training in another tab.',
    'Watch it there, or on the page of runs.',
    { runId },
  );
}
