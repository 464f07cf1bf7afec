import type { Page } from '@playwright/test';
import type { RunRecord } from '#core/spec/run-record.ts';
import { DATABASE_NAME } from '#storage/database.ts';
import type { RunStatus } from '#storage/entities.ts';

/** What the browser's storage holds of a run. */
export interface StoredRun {
  readonly status: RunStatus;
  readonly record: RunRecord | undefined;
  /** Names of its checkpoints. */
  readonly kept: readonly string[];
}

/** Looks past the page, by the browser's own functions. */
export function storedRun(page: Page, runId: string): Promise<StoredRun> {
  return page.evaluate(
    async ([name, id]) => {
      const answer = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(new Error(String(request.error)));
        });
      const database = await answer(indexedDB.open(name));
      try {
        const stores = database.transaction(['runs', 'checkpoints']);
        const checkpoints = stores.objectStore('checkpoints');
        const [run, keys] = await Promise.all([
          answer<unknown>(stores.objectStore('runs').get(id)),
          answer(checkpoints.getAllKeys(IDBKeyRange.bound([id], [id, []]))),
        ]);
        const kept = keys.flatMap((key) => {
          const checkpoint: unknown = Array.isArray(key) ? key[1] : undefined;
          return typeof checkpoint === 'string' ? [checkpoint] : [];
        });
        const { status, record } = run as StoredRun;
        return { status, record, kept };
      } finally {
        database.close();
      }
    },
    [DATABASE_NAME, runId] as const,
  );
}
