import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckpointStore } from '#core/checkpoints/checkpoint-store.ts';
import { isThere, writeWhole } from './files.ts';

/** Where a run that goes to a folder keeps its checkpoints until it has ended. */
export function checkpointFolder(out: string): string {
  return join(out, 'checkpoints');
}

/** The spec of the run that has its checkpoints there. */
export function specPathIn(folder: string): string {
  return join(folder, 'spec.yaml');
}

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
  await mkdir(folder, { recursive: true });
}

/** The spec first: a folder without it is no interrupted run, should this be killed in the middle. */
export async function removeCheckpoints(folder: string): Promise<void> {
  await rm(specPathIn(folder), { force: true });
  await rm(folder, { recursive: true, force: true });
}
