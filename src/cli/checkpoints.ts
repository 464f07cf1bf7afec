import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckpointStore } from '#core/checkpoints/checkpoint-store.ts';
import { isThere, unwritable, writeWhole } from './files.ts';

/** Where a run that goes to a folder keeps its checkpoints until it has ended. */
export function checkpointFolder(out: string): string {
  return join(out, 'checkpoints');
}

/** The spec of the run that has its checkpoints there. */
export function specPathIn(folder: string): string {
  return join(folder, 'spec.yaml');
}

/** What a run writes there. */
const OWN_FILE = /^(?:spec\.yaml|backend\.json|[0-9a-f]{32}\.checkpoint)(?:\.unfinished)?$/;

/** Checkpoints as files of a folder that exists, one for each name. */
export function folderCheckpoints(folder: string, everyMs: number): CheckpointStore {
  // Names hold whatever candidates are called.
  const pathOf = (name: string): string =>
    join(folder, `${createHash('sha256').update(name).digest('hex').slice(0, 32)}.checkpoint`);
  return {
    everyMs,
    load: async (name) => {
      const path = pathOf(name);
      return (await isThere(path)) ? readFile(path) : null;
    },
    keep: (name, bytes) => writeWhole(pathOf(name), bytes),
  };
}

/** Makes the folder; what an earlier run left in it stays only where it is to be resumed. */
export async function prepareCheckpoints(folder: string, isResumed: boolean): Promise<void> {
  if (!isResumed) await removeCheckpoints(folder);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw unwritable(folder, error);
  });
}

/**
 * The spec first: a folder without it is no interrupted run, should this be killed in the middle. A folder of results may be
 * one that a person works in, and what they call checkpoints there is none of ours.
 */
export async function removeCheckpoints(folder: string): Promise<void> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  if (names.includes('spec.yaml')) await rm(specPathIn(folder));
  for (const name of names) if (OWN_FILE.test(name)) await rm(join(folder, name), { force: true });
  // Goes only where nothing is left in it.
  await rmdir(folder).catch(() => undefined);
}

/** Removes what a run that has ended left because it was killed while it removed them. */
export async function clearLeft(folder: string): Promise<void> {
  if (!(await isThere(specPathIn(folder)))) await removeCheckpoints(folder);
}
