import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { BackendInfo } from '#core/engine.ts';
import type { Spec } from '#core/spec/spec.ts';
import { isThere, readText, writeWhole } from './files.ts';

/*
 * What `auto` chose, beside the checkpoints of a run: on another backend these would be of no use, and timed again it may
 * choose another.
 */
const begunSchema = v.object({ name: v.picklist(['wasm', 'cpu']), reason: v.string() });

export type BegunBackend = v.InferOutput<typeof begunSchema>;

/** Leaves it in the folder of checkpoints, where it was for `auto` to choose. */
export async function keepBackend(
  folder: string,
  spec: Spec,
  { name, reason }: BackendInfo,
): Promise<void> {
  const path = pathIn(folder);
  if (spec.backend === 'auto') await writeWhole(path, `${JSON.stringify({ name, reason })}\n`);
  else await rm(path, { force: true });
}

/** The backend that a run goes on with; null where there is none, or the spec names it. */
export async function begunBackend(folder: string, spec: Spec): Promise<BegunBackend | null> {
  const path = pathIn(folder);
  if (spec.backend !== 'auto' || !(await isThere(path))) return null;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), begunSchema), await readText(path));
  return parsed.success ? parsed.output : null;
}

function pathIn(folder: string): string {
  return join(folder, 'backend.json');
}
