import { liveQuery, type Observable } from 'dexie';
import { storageFailure } from './failures.ts';

export type { Observable } from 'dexie';

/**
 * A query that answers again after each write that touches it, from any tab or worker. Its errors are
 * TerrariumErrors; Dexie alone would swallow those of a closed database.
 */
export function observed<T>(query: () => PromiseLike<T>): Observable<T> {
  return liveQuery<T>(() =>
    Promise.resolve(query()).catch((thrown: unknown) => {
      throw storageFailure(thrown);
    }),
  );
}
