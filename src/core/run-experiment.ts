import type { Dataset } from './data/table.ts';
import type { Engine } from './engine.ts';
import type { CheckpointStore } from './checkpoints/checkpoint-store.ts';
import { runIdentity } from './checkpoints/run-identity.ts';
import { Sitting } from './checkpoints/sitting.ts';
import type { PauseGate } from './pause-gate.ts';
import type { ExtractorBytes } from './extractors/extractor.ts';
import { RandomStream } from './random.ts';
import type { RunEvent } from './run-events.ts';
import { bestOf } from './run/choose-best.ts';
import { describeRun } from './run/describe-run.ts';
import { measureBest } from './run/measure-best.ts';
import { readPlannedImages } from './run/planned-images.ts';
import { prepareRun } from './run/prepare-run.ts';
import { refuseUndecided } from './run/refuse-undecided.ts';
import { resolvedSpec } from './run/resolve-spec.ts';
import { runCandidates } from './run/run-candidates.ts';
import { checkMeaning, checkSpec } from './spec/check-spec.ts';
import type { RunRecord } from './spec/run-record.ts';
import type { Spec } from './spec/spec.ts';
import { Wish } from './wish.ts';

export interface RunRequest {
  readonly spec: Spec;
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
  readonly id: string;
  /** Commit of the code, where the driver knows it. */
  readonly commit: string | null;
  /** Where it leaves what it needs to go on, should it be interrupted, and finds what it left; nowhere where absent. */
  readonly checkpoints?: CheckpointStore;
  /** Where the networks are that steps of the spec name; nowhere where absent. */
  readonly extractorBytes?: ExtractorBytes;
  /** Closed while a person wants it to wait. */
  readonly gate?: PauseGate;
  /** Made when somebody wants to see what a network's layers hold. */
  readonly look?: Wish;
  /** It repeats a recorded run as that one was, also where nobody decided on personal data then. */
  readonly isReplay?: boolean;
}

export interface RunOutcome {
  readonly record: RunRecord;
  /** ONNX files by candidate name. */
  readonly models: ReadonlyMap<string, Uint8Array>;
}

/**
 * The one function behind the tab, the command line and a cluster worker: split, fit features on the
 * training rows, train every candidate, write each as ONNX, check parity, and measure the exported
 * graphs on held-out rows. A run that was interrupted goes on from its checkpoints, and ends with the same weights as
 * one that was left alone.
 * @throws TerrariumError for input that cannot be run, a run that failed, or a cancelled signal
 */
export async function runExperiment(request: RunRequest): Promise<RunOutcome> {
  const { dataset, engine, onEvent } = request;
  checkMeaning(request.spec);
  checkSpec(request.spec, dataset.info);
  const spec = resolvedSpec(request.spec, dataset.info.sha256);
  if (request.isReplay !== true) await refuseUndecided(dataset, spec, request.signal);
  const identity = await runIdentity(spec, engine, request.commit);
  const sitting = await Sitting.begin({ ...request, identity });
  const random = new RandomStream(spec.seed);
  const prepared = prepareRun(spec, dataset, await readPlannedImages(spec, dataset, request));
  for (const message of prepared.warnings) onEvent({ type: 'warning', message });
  const { train, validation, test } = prepared.split;
  onEvent({
    type: 'started',
    candidates: spec.candidates.map((candidate) => candidate.name),
    backend: engine.backend,
    rows: { train, validation, test },
    workedMs: sitting.workedBeforeMs,
  });
  const { signal, look = new Wish() } = request;
  const job = { spec, prepared, engine, random, signal, look, onEvent, sitting };
  const candidates = await runCandidates(job);
  const { finished } = candidates;
  const best = bestOf(
    finished.map(({ record }) => record),
    spec,
  );
  const chosen = finished.find(({ record }) => record.name === best);
  // Its own steps may make more features, and its contract then says so.
  const fitted = prepared.fittedFor(spec.candidates.find(({ name }) => name === best) ?? {});
  const measured = chosen && (await measureBest(chosen, fitted, engine, signal));
  onEvent({ type: 'finished', best });
  const { id, commit } = request;
  const done = { id, commit, info: dataset.info, job, candidates, best, measured };
  return {
    record: describeRun(done),
    models: new Map(finished.map(({ record, bytes }) => [record.name, bytes])),
  };
}
