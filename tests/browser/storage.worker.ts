import { expose } from 'comlink';
import { settle } from '#core/errors.ts';
import { openDatabase } from '#storage/database.ts';
import { importDataset } from '#storage/datasets.ts';
import { webLocks, whileAlive } from '#storage/liveness.ts';
import { markRunning } from '#storage/run-status.ts';
import { inTurn } from '#storage/turns.ts';

const never = new Promise<never>(() => {});

/** A worker of another tab, as far as storage can tell. */
const otherTab = {
  importFlowers: (name: string) =>
    settle(async () => {
      // Imported late: it awaits at its top level, and messages that came before it was done would be lost.
      const { csvFile } = await import('../storage/samples.ts');
      return importDataset(await openDatabase(name), csvFile());
    }),

  /** Trains until the worker is ended; answers when it has begun, or why it could not. */
  train: (name: string, runId: string, withLocks: boolean) =>
    settle(async () => {
      const db = await openDatabase(name);
      const locks = withLocks ? webLocks() : null;
      await new Promise<void>((begun, refused) => {
        const training = whileAlive(
          db,
          runId,
          async () => {
            await markRunning(db, runId);
            begun();
            await never;
          },
          locks,
        );
        training.catch(refused);
      });
    }),

  /** Takes its turn, says when, and ends it some time later. */
  takeTurn: async (name: string, lastsMs: number, withLocks: boolean) =>
    inTurn(
      await openDatabase(name),
      new AbortController().signal,
      async () => {
        const from = Date.now();
        await new Promise((resolve) => setTimeout(resolve, lastsMs));
        return { from, to: Date.now() };
      },
      withLocks ? webLocks() : null,
    ),
};

export type OtherTab = typeof otherTab;
expose(otherTab);
