import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { inputError } from '#core/errors.ts';
import { unwritable } from './files.ts';
import { takeLock } from './lock.mjs';

/**
 * Does some work while no other process of this machine runs into a folder, which is there. The lock of one that has died is
 * taken over.
 * @throws TerrariumError `folder_in_use`, or `output_unwritable`
 */
export async function aloneIn<T>(out: string, work: () => Promise<T>): Promise<T> {
  const lock = join(out, 'run.lock');
  if (!taken(lock)) throw inUse(out, lock);
  const free = (): void => rmSync(lock, { force: true });
  // Ctrl+C ends the process in the middle of the work.
  process.once('exit', free);
  try {
    return await work();
  } finally {
    process.removeListener('exit', free);
    free();
  }
}

function taken(lock: string): boolean {
  try {
    return takeLock(lock);
  } catch (error) {
    throw unwritable(lock, error);
  }
}

function inUse(out: string, lock: string): Error {
  return inputError(
    'folder_in_use',
    `Another run is writing to ${out}.`,
    `Wait until it has ended, or choose another folder with --out. Should none be going on, as where another machine left its lock, delete ${lock}.`,
    { path: out },
  );
}
