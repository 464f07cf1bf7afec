import { SvelteMap } from 'svelte/reactivity';
import type { Spec } from '#core/spec/spec.ts';
import type { RunEntity } from '#storage/entities.ts';
import { newId } from '#storage/ids.ts';
import { holdForPage, reclaimInterrupted } from '#storage/liveness.ts';
import { queueAgain } from '#storage/run-status.ts';
import { createRun, deleteRun, observeRun, observeRuns, observeRunsOf } from '#storage/runs.ts';
import { backend } from './backend.svelte.ts';
import { database } from './database.ts';
import { jobs } from './jobs.ts';
import { Live } from './live.ts';
import { RunProgress } from './run-progress.svelte.ts';
import type { TrainingJob } from './training-job.ts';

export { isLive } from '#storage/entities.ts';
export type { RunEntity, RunStatus } from '#storage/entities.ts';

/** All runs, newest first. */
export const runs = new Live<readonly RunEntity[]>(observeRuns(database));

/** One run; its value is undefined where there is none (any more). */
export function liveRun(id: string): Live<RunEntity | undefined> {
  return new Live(observeRun(database, id));
}

/** The runs on one data set, newest first. */
export function liveRunsOf(datasetId: string): Live<readonly RunEntity[]> {
  return new Live(observeRunsOf(database, datasetId));
}

/** The runs that this tab started. */
const started = new SvelteMap<
  string,
  { readonly progress: RunProgress; readonly job: TrainingJob }
>();

/** What this tab saw of a run since it was opened; undefined for runs of other tabs or earlier days. */
export function runProgress(runId: string): RunProgress | undefined {
  return started.get(runId)?.progress;
}

/**
 * Stores a run on a version of a data set and starts to train it.
 * @returns the run's id, at once; `runProgress` and `liveRun` tell the rest
 * @throws TerrariumError `dataset_not_found`, `version_not_found`, `storage_full`
 */
export async function startRun(
  on: { readonly datasetId: string; readonly datasetVersion: number },
  spec: Spec,
): Promise<string> {
  const { datasetId, datasetVersion } = on;
  const id = newId();
  await held(id, () => createRun(database, { datasetId, datasetVersion, spec }, id));
  return id;
}

/**
 * A run that was interrupted goes on from its last checkpoint.
 * @throws TerrariumError `run_not_found`, `run_not_interrupted`, `storage_full`
 */
export async function resumeRun(id: string): Promise<void> {
  await held(id, () => queueAgain(database, id));
}

/** Queues a run and trains it in this tab, which holds it from before until its end: no tab takes it for left alone. */
async function held(id: string, queue: () => Promise<unknown>): Promise<void> {
  const letGo = await holdForPage(id);
  try {
    await queue();
  } catch (thrown) {
    letGo();
    throw thrown;
  }
  begin(id).then(letGo, letGo);
}

/** @returns the job's end */
function begin(id: string): Promise<unknown> {
  const progress = new RunProgress(id);
  const job = jobs.train(id, (event) => {
    if (event.type === 'started') backend.used(event.backend);
    progress.hear(event);
  });
  started.set(id, { progress, job });
  job.done.then(
    () => progress.end(),
    (thrown: unknown) => progress.fail(thrown),
  );
  return job.done;
}

/** A run that trains in this tab waits after its next step, and its progress says so. */
export function pauseRun(runId: string): void {
  const run = started.get(runId);
  run?.progress.pausing();
  run?.job.pause();
}

/** Ends a pause. */
export function unpauseRun(runId: string): void {
  const run = started.get(runId);
  run?.progress.goingOn();
  run?.job.goOn();
}

/** Asks the network that trains in this tab what its layers hold; its progress shows it. */
export function lookAtLayers(runId: string): void {
  const run = started.get(runId);
  run?.progress.looking();
  run?.job.look();
}

/** Ends a run that trains in this tab; answers within 200 ms. */
export async function stopRun(runId: string): Promise<void> {
  const run = started.get(runId);
  run?.progress.cancelling();
  await run?.job.cancel();
}

/** @throws TerrariumError `run_in_progress` */
export async function removeRun(id: string): Promise<void> {
  await deleteRun(database, id);
}

/**
 * Finds runs whose tab was closed, now and every few seconds.
 * @returns ends the watch
 */
export function watchInterrupted(everyMs = 5_000): () => void {
  // A browser that withholds storage says so where data sets and runs are shown.
  const look = (): void => void reclaimInterrupted(database).catch(() => undefined);
  look();
  const timer = setInterval(look, everyMs);
  return () => clearInterval(timer);
}
