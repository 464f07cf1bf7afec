import { STORAGE_FULL, TerrariumError } from '#core/errors.ts';
import { causesOf, storageFailure } from './failures.ts';

/**
 * Runs a write. What it began is undone as a whole when it fails; a full disk or quota becomes a
 * sentence.
 * @param what completes "… could not be saved", for example `the data set penguins.csv`
 * @throws TerrariumError `storage_full`, or see `storageFailure`
 */
export async function guardedWrite<T>(what: string, body: () => PromiseLike<T>): Promise<T> {
  try {
    return await body();
  } catch (thrown) {
    throw isQuotaError(thrown) ? fullError(what) : storageFailure(thrown);
  }
}

/** Runs a read; a database that can't be opened becomes a sentence. */
export async function guardedRead<T>(body: () => PromiseLike<T>): Promise<T> {
  try {
    return await body();
  } catch (thrown) {
    throw storageFailure(thrown);
  }
}

/** IndexedDB's quota error, as it is or inside the AbortError of its transaction. */
export function isQuotaError(thrown: unknown): boolean {
  return causesOf(thrown).some(
    (cause) => cause instanceof Error && cause.name === 'QuotaExceededError',
  );
}

function fullError(what: string): TerrariumError {
  return new TerrariumError({
    code: STORAGE_FULL,
    kind: 'storage',
    message: `This browser's storage is full, so ${what} could not be saved; everything saved before is still there.`,
    hint: 'Delete data sets or runs that you no longer need, or free space on the disk, and try again.',
  });
}
