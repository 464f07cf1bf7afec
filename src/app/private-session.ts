import { deleteDatabase, sweepPrivateDatabases } from '#storage/private-storage.ts';
import { database } from './database.ts';
import { jobs } from './jobs.ts';
import { session } from './session.ts';

/** Deletes what private sessions left whose tab is gone. */
export async function sweepPrivateSessions(): Promise<void> {
  // A browser that withholds storage says so where data sets and runs are shown.
  await sweepPrivateDatabases(indexedDB).catch(() => 0);
}

/**
 * Deletes a private session's data as its page is left; the browser asks before, where there is any.
 * @returns ends the watch
 */
export function watchLeaving(hasData: boolean): () => void {
  const leave = (): void => {
    jobs.end();
    database.close({ disableAutoOpen: true });
    // Nobody waits for it: the browser ends it when the page is gone.
    void deleteDatabase(indexedDB, session.databaseName).catch(() => undefined);
  };
  const ask = (event: BeforeUnloadEvent): void => {
    if (hasData && !session.restarting) event.preventDefault();
  };
  // A page that the browser brings back from its memory has lost its database.
  const back = (event: PageTransitionEvent): void => {
    if (event.persisted) location.reload();
  };
  addEventListener('pagehide', leave);
  addEventListener('beforeunload', ask);
  addEventListener('pageshow', back);
  return () => {
    removeEventListener('pagehide', leave);
    removeEventListener('beforeunload', ask);
    removeEventListener('pageshow', back);
  };
}
