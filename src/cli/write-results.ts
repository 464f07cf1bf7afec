import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { modelCard } from '#core/registry/model-card.ts';
import type { RunOutcome } from '#core/run-experiment.ts';
import { specToYaml } from '#core/spec/parse-spec.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import { writeOutput, writeWhole } from './files.ts';
import { specSeenFrom } from './sources.ts';

/** Where the spec of a run goes, every default filled in. */
export function writtenSpecPath(folder: string): string {
  return join(folder, 'spec.yaml');
}

/**
 * Writes the run's files; gives the record as it is written, with its paths relative to the folder.
 * @param keepsSpec leaves the spec there as it is: somebody wrote it
 */
export async function writeResults(
  folder: string,
  record: RunRecord,
  models: RunOutcome['models'],
  keepsSpec = false,
): Promise<RunRecord> {
  const spec = specSeenFrom(record.spec, folder);
  const portable = { ...record, spec };
  // Of an earlier run: it says nothing of the files that are written now.
  await rm(join(folder, 'run.json'), { force: true });
  if (!keepsSpec) await writeOutput(writtenSpecPath(folder), specToYaml(spec));
  await writeOutput(join(folder, 'model-card.md'), modelCard(portable));
  const best = record.best === null ? undefined : models.get(record.best);
  const path = join(folder, 'model.onnx');
  if (best === undefined) await rm(path, { force: true });
  else await writeOutput(path, best);
  // The last one: where it is there, all of them are.
  await writeWhole(join(folder, 'run.json'), `${JSON.stringify(portable, null, 2)}\n`);
  return portable;
}
