import { join } from 'node:path';
import type { Dataset } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import { resolvedSpec } from '#core/run/resolve-spec.ts';
import { specToYaml } from '#core/spec/parse-spec.ts';
import { withExtractorFiles } from '#core/spec/extractor-files.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import type { Spec } from '#core/spec/spec.ts';
import { checkpointFolder, specPathIn } from './checkpoints.ts';
import { isThere, readText, writeWhole } from './files.ts';
import { parseRecord } from './read-record.ts';
import { specSeenFrom } from './sources.ts';

/** Leaves a run's spec beside its checkpoints, so that it can be resumed by the folder alone. */
export async function keepSpec(out: string, spec: Spec): Promise<void> {
  const folder = checkpointFolder(out);
  await writeWhole(specPathIn(folder), specToYaml(specSeenFrom(spec, folder)));
}

/**
 * What `--resume` without a spec goes on with: the spec of the interrupted run, or the record of one that has ended.
 * @throws TerrariumError `nothing_to_resume`
 */
export async function interruptedRun(
  out: string,
): Promise<{ readonly specPath: string } | { readonly ended: RunRecord }> {
  const specPath = specPathIn(checkpointFolder(out));
  if (await isThere(specPath)) return { specPath };
  const ended = await endedRun(out);
  if (ended !== null) return { ended };
  throw inputError(
    'nothing_to_resume',
    `There is no interrupted run in ${out}.`,
    'Give the folder of a run that was interrupted, or say what to run; with --resume it then goes on or begins.',
    { path: out },
  );
}

/** The record of a run in this folder that has ended and did just this; null where there is none. */
export async function sameEndedRun(
  out: string,
  spec: Spec,
  { info }: Dataset,
): Promise<RunRecord | null> {
  if (await isThere(specPathIn(checkpointFolder(out)))) return null;
  const ended = await endedRun(out);
  if (ended === null) return null;
  const wanted = withoutPlace(resolvedSpec(spec, info.sha256));
  return JSON.stringify(withoutPlace(ended.spec)) === JSON.stringify(wanted) ? ended : null;
}

async function endedRun(out: string): Promise<RunRecord | null> {
  const path = join(out, 'run.json');
  return (await isThere(path)) ? parseRecord(path, await readText(path)) : null;
}

function withoutPlace(spec: Spec): Spec {
  return { ...withExtractorFiles(spec, () => ''), data: { ...spec.data, source: '' } };
}

/** Says how to go on where Ctrl+C ends the command. @returns takes that back */
export function tellHowToResume(out: string): () => void {
  const tell = (): void => {
    console.error(`\nInterrupted. It goes on with: terrarium run --resume --out ${quoted(out)}`);
    process.exit(130);
  };
  process.once('SIGINT', tell);
  return () => process.removeListener('SIGINT', tell);
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
