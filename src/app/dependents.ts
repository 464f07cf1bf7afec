import { mayEnd, type RunEntity } from '#storage/entities.ts';
import type { ExtractorFile } from '#core/extractors/extractor.ts';
import type { SpecStep } from '#core/spec/spec.ts';
import { localMoment } from './local-date.ts';
import type { DatasetEntity } from './datasets.svelte.ts';

/** What a data set, or one version of it, takes with it when it is deleted: one line each. */
export function dependentsOf(
  { versions }: DatasetEntity,
  runs: readonly RunEntity[],
  version?: number,
): readonly string[] {
  const isLast = version === undefined || versions.length === 1;
  const doomed = versions.filter(({ number }) => isLast || number === version);
  const lost = runs.filter((run) => doomed.some(({ number }) => number === run.datasetVersion));
  return [
    ...(doomed.length > 1 ? [versionsText(doomed.length)] : []),
    ...lost.map((run) => `${runText(run)}, ${whatOf(run)}`),
  ];
}

/** The runs that have not ended and read features by a network: without its file they cannot go on. */
export function runsThatNeed(
  { sha256 }: Pick<ExtractorFile, 'sha256'>,
  runs: readonly RunEntity[],
): readonly RunEntity[] {
  const reads = (steps: readonly SpecStep[] = []): boolean =>
    steps.some(({ extractor }) => extractor?.sha256 === sha256);
  return runs.filter(
    (run) =>
      mayEnd(run) &&
      (reads(run.spec.steps) || run.spec.candidates.some(({ steps }) => reads(steps))),
  );
}

/** A run by its name and its time: several on one data set have the same name. */
export function runText({ name, createdAt }: Pick<RunEntity, 'name' | 'createdAt'>): string {
  return `the run ${name} (${localMoment(createdAt)})`;
}

/** What a run takes with it when it is deleted: one line each. */
export function partsOf(run: RunEntity): readonly string[] {
  const count = modelsOf(run);
  if (count > 0) return ['its figures', count === 1 ? 'its model' : `its ${count} models`];
  return mayEnd(run) ? ['what it has done so far, from which it could go on'] : [];
}

function whatOf(run: RunEntity): string {
  const count = modelsOf(run);
  if (count === 0) return run.status;
  return `with its ${count === 1 ? 'model' : `${count} models`}`;
}

function modelsOf({ models }: RunEntity): number {
  return Object.keys(models ?? {}).length;
}

function versionsText(count: number): string {
  return count === 2 ? 'both versions of it' : `all ${count} versions of it`;
}
