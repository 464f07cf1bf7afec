import { Dexie } from 'dexie';
import { CHECKPOINT_EVERY_MS, type CheckpointStore } from '#core/checkpoints/checkpoint-store.ts';
import type { TerrariumDatabase } from './database.ts';
import { mayEnd } from './entities.ts';
import { guardedRead, guardedWrite } from './quota.ts';

/**
 * A run's checkpoints in the database, until the run ends or is deleted. One that could not be written whole leaves the one
 * before; of a run that has ended, or is gone, none are kept any more.
 */
export function storedCheckpoints(db: TerrariumDatabase, runId: string): CheckpointStore {
  return {
    everyMs: CHECKPOINT_EVERY_MS,
    load: async (name) => {
      const found = await guardedRead(() => db.checkpoints.get([runId, name]));
      return found?.content ?? null;
    },
    keep: (name, content) =>
      guardedWrite('a checkpoint', () =>
        db.transaction('rw', db.runs, db.checkpoints, async () => {
          const run = await db.runs.get(runId);
          if (run === undefined || !mayEnd(run)) return;
          await db.checkpoints.put({ runId, name, bytes: content.byteLength, content });
        }),
      ),
  };
}

/** Whether anything of a run is kept, so that it need not begin anew. */
export async function hasCheckpoints(db: TerrariumDatabase, runId: string): Promise<boolean> {
  return (await guardedRead(() => checkpointsOf(db, runId).count())) > 0;
}

/** Deletes all checkpoints of a run; in a transaction. */
export async function deleteCheckpoints(db: TerrariumDatabase, runId: string): Promise<void> {
  await checkpointsOf(db, runId).delete();
}

function checkpointsOf(db: TerrariumDatabase, runId: string) {
  return db.checkpoints.where('[runId+name]').between([runId, Dexie.minKey], [runId, Dexie.maxKey]);
}

/** Bytes of checkpoints by run; in a transaction. What they hold is not read. */
export async function checkpointBytes(db: TerrariumDatabase): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  const keys = await db.checkpoints.orderBy('[runId+bytes]').keys();
  for (const key of keys) {
    const [runId, bytes]: readonly unknown[] = Array.isArray(key) ? key : [];
    if (typeof runId !== 'string' || typeof bytes !== 'number') continue;
    sizes.set(runId, (sizes.get(runId) ?? 0) + bytes);
  }
  return sizes;
}
