import { webLocks } from './liveness.ts';

/**
 * Runs a body when no other run of this origin trains, in any worker or tab: two trainings at once would
 * take each other's processor and distort each other's times. Without Web Locks (plain http) at once.
 * @throws AbortError as soon as the signal is aborted while it waits
 */
export async function inTurn<T>(
  signal: AbortSignal,
  body: () => Promise<T>,
  locks: LockManager | null = webLocks(),
): Promise<T> {
  if (locks === null) return body();
  return locks.request('training', { signal }, body);
}
