import { unlessAborted } from '#core/job-queue.ts';
import type { TerrariumDatabase } from './database.ts';
import { BEAT_EVERY_MS, DEAD_AFTER_MS, webLocks } from './liveness.ts';
import { guardedWrite } from './quota.ts';

const ASK_EVERY_MS = 250;

/**
 * Runs a body when no other run of this origin trains, in any worker or tab: two trainings at once would
 * take each other's processor and distort each other's times.
 * @throws AbortError, or TerrariumError `cancelled`, as soon as the signal is aborted while it waits
 */
export async function inTurn<T>(
  db: TerrariumDatabase,
  signal: AbortSignal,
  body: () => Promise<T>,
  locks: LockManager | null = webLocks(),
): Promise<T> {
  return locks === null
    ? inLine(db, signal, body)
    : locks.request('training', { signal }, () => body());
}

/** Without Web Locks (plain http) those who want to train stand in a line in storage; its first trains. */
async function inLine<T>(
  db: TerrariumDatabase,
  signal: AbortSignal,
  body: () => Promise<T>,
): Promise<T> {
  const place = new Place(db);
  let beats: ReturnType<typeof setInterval> | undefined;
  try {
    while (!(await place.hold())) {
      await unlessAborted(new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS)), signal);
    }
    // A beat that can't be stored is no reason to stop.
    beats = setInterval(() => void place.hold().catch(() => undefined), BEAT_EVERY_MS);
    return await body();
  } finally {
    clearInterval(beats);
    await place.leave();
  }
}

const LINE = 'turn ';

/** A place in the line: a heartbeat whose number is higher than those before it. */
class Place {
  readonly #db: TerrariumDatabase;
  #key: string | undefined;
  #hasLeft = false;

  constructor(db: TerrariumDatabase) {
    this.#db = db;
  }

  /**
   * A sign of life; the first one takes the place at the end of the line. Places of the dead are taken away.
   * @returns whether it is the first
   * @throws TerrariumError `storage_full`
   */
  async hold(): Promise<boolean> {
    const { heartbeats } = this.#db;
    const line = () => heartbeats.where('runId').startsWith(LINE);
    return guardedWrite('a place in the line of trainings', () =>
      this.#db.transaction('rw', heartbeats, async () => {
        if (this.#hasLeft) return false;
        const now = Date.now();
        await line()
          .filter(({ runId, at }) => runId !== this.#key && now - at >= DEAD_AFTER_MS)
          .delete();
        this.#key ??= keyAfter((await line().last())?.runId);
        await heartbeats.put({ runId: this.#key, at: now });
        return (await line().first())?.runId === this.#key;
      }),
    );
  }

  async leave(): Promise<void> {
    this.#hasLeft = true;
    // A place that cannot be given up is soon a dead one's.
    if (this.#key !== undefined) await this.#db.heartbeats.delete(this.#key).catch(() => undefined);
  }
}

function keyAfter(last: string | undefined): string {
  const before = last === undefined ? 0 : Number(last.slice(LINE.length));
  return LINE + String(before + 1).padStart(12, '0');
}
