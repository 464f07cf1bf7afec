import type { Dataset } from './data/table.ts';
import type { Engine } from './engine.ts';
import { compareWithBaseline } from './evaluation/compare.ts';
import { perfectScoreNote } from './evaluation/perfect-score.ts';
import { metricNamed } from './evaluation/registry.ts';
import { estimatorNamed } from './models/registry.ts';
import { stepNamed } from './features/registry.ts';
import { exportModel } from './onnx/export-model.ts';
import { RandomStream } from './random.ts';
import type { RunEvent } from './run-events.ts';
import { evaluateModel } from './run/evaluate-model.ts';
import { measureBest } from './run/measure-best.ts';
import { prepareRun, type PreparedRun } from './run/prepare-run.ts';
import { trainCandidate } from './run/train-candidate.ts';
import { bytesSha256, weightsSha256 } from './run/weights-hash.ts';
import { resolveParameters } from './spec/parameters.ts';
import { checkMeaning, checkSpec } from './spec/check-spec.ts';
import type { CandidateRecord, RunRecord } from './spec/run-record.ts';
import type { Spec, SpecCandidate } from './spec/spec.ts';
import { VERSION } from './version.ts';

export interface RunRequest {
  readonly spec: Spec;
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
  readonly id: string;
  /** Commit of the code, where the driver knows it. */
  readonly commit: string | null;
}

export interface RunOutcome {
  readonly record: RunRecord;
  /** ONNX files by candidate name. */
  readonly models: ReadonlyMap<string, Uint8Array>;
}

interface FinishedCandidate {
  readonly record: CandidateRecord;
  readonly bytes: Uint8Array;
  readonly primarySamples: Float64Array;
}

/**
 * The one function behind the tab, the command line and a cluster worker: split, fit features on the
 * training rows, train every candidate, write each as ONNX, check parity, and measure the exported
 * graphs on held-out rows.
 * @throws TerrariumError for input that cannot be run, a run that failed, or a cancelled signal
 */
export async function runExperiment(request: RunRequest): Promise<RunOutcome> {
  const { dataset, engine, onEvent } = request;
  checkMeaning(request.spec);
  checkSpec(request.spec, dataset.info);
  const createdAt = new Date().toISOString();
  const spec = resolvedSpec(request.spec, dataset.info.sha256);
  const random = new RandomStream(spec.seed);
  const prepared = prepareRun(spec, dataset);
  for (const message of prepared.warnings) onEvent({ type: 'warning', message });
  const { train, validation, test } = prepared.split;
  onEvent({
    type: 'started',
    candidates: spec.candidates.map((candidate) => candidate.name),
    backend: engine.backend,
    rows: { train, validation, test },
  });
  const finished: FinishedCandidate[] = [];
  for (const candidate of spec.candidates) {
    const done = await runCandidate(candidate, prepared, random, { ...request, spec }, finished[0]);
    finished.push(done);
    onEvent({
      type: 'candidate',
      candidate: candidate.name,
      record: done.record,
      done: finished.length,
      of: spec.candidates.length,
    });
  }
  const candidates = finished.map(({ record }) => record);
  const failed = candidates.filter((candidate) => !candidate.parity.passed);
  const best = bestOf(candidates, spec);
  const chosen = finished.find(({ record }) => record.name === best);
  const measured = chosen && (await measureBest(chosen, prepared, engine, request.signal));
  onEvent({ type: 'finished', best });
  const record: RunRecord = {
    version: 1,
    id: request.id,
    name: spec.name,
    createdAt,
    finishedAt: new Date().toISOString(),
    status: failed.length === 0 ? 'finished' : 'failed',
    spec,
    dataset: {
      name: dataset.info.name,
      sha256: dataset.info.sha256,
      bytes: dataset.info.bytes,
      rows: dataset.info.rows,
      rowsUsed: dataset.info.rows - prepared.rowsWithoutTarget - prepared.rowsRepeated,
      rowsWithoutTarget: prepared.rowsWithoutTarget,
      ...(spec.rows.duplicates === 'drop' ? { rowsRepeated: prepared.rowsRepeated } : {}),
      doubts: dataset.info.doubts.map(({ message }) => message),
    },
    contract: prepared.contract,
    environment: {
      requestedBackend: spec.backend,
      backend: engine.backend.name,
      backendReason: engine.backend.reason,
      adapter: engine.backend.adapter,
      runtime: engine.runtime,
      versions: { terrarium: VERSION, ...engine.versions },
      commit: request.commit,
    },
    split: prepared.split,
    candidates,
    best,
    ...(measured === undefined ? {} : { measured }),
    warnings: [
      ...prepared.warnings,
      ...undefinedMetric(candidates, spec),
      ...failed.map(
        ({ name }) => `${name}: the exported model does not agree with the trained one.`,
      ),
    ],
  };
  return { record, models: new Map(finished.map((one) => [one.record.name, one.bytes])) };
}

async function runCandidate(
  candidate: SpecCandidate,
  prepared: PreparedRun,
  random: RandomStream,
  { spec, engine, signal, onEvent }: RunRequest,
  baseline: FinishedCandidate | undefined,
): Promise<FinishedCandidate> {
  const { name } = candidate;
  const { contract, pipeline, parts } = prepared;
  const estimator = estimatorNamed(candidate.model);
  const parameters = resolveParameters(estimator.parameters, candidate.parameters, name);
  onEvent({ type: 'stage', candidate: name, stage: 'train' });
  const { model, trainMs, history } = await trainCandidate(
    estimator,
    parameters,
    prepared,
    engine,
    {
      random: random.fork(`candidate:${candidate.model}`),
      signal,
      onEpoch: (event, elapsedMs) => {
        const etaMs = (elapsedMs / event.epoch) * (event.epochs - event.epoch);
        onEvent({ type: 'epoch', candidate: name, ...event, elapsedMs, etaMs });
      },
    },
  );
  try {
    onEvent({ type: 'stage', candidate: name, stage: 'export' });
    const bytes = exportModel(contract, pipeline, estimator, {
      task: contract.task,
      outputs: parts.train.data.outputs,
      width: parts.train.data.features.width,
      parameters,
      weights: model.weights,
    });
    onEvent({ type: 'stage', candidate: name, stage: 'parity' });
    const session = await engine.openModel(bytes);
    const { primarySamples, ...evaluation } = await evaluateModel({
      session,
      contract,
      trained: model,
      heldOut: parts,
      resamples: spec.evaluation.resamples,
      random: random.fork('bootstrap'),
      signal,
      onParityChecked: () => {
        onEvent({ type: 'stage', candidate: name, stage: 'evaluate' });
      },
    }).finally(() => session.release());
    const primary = metricNamed(spec.metric);
    const own = {
      value: evaluation.metrics.test[spec.metric]?.value ?? null,
      samples: primarySamples,
    };
    const versusBaseline =
      baseline === undefined
        ? undefined
        : compareWithBaseline(primary, own, {
            value: baseline.record.metrics.test[spec.metric]?.value ?? null,
            samples: baseline.primarySamples,
          });
    return {
      bytes,
      primarySamples,
      record: {
        name,
        model: candidate.model,
        parameters: { ...parameters },
        complexity: estimator.complexity,
        trainMs,
        weightsSha256: await weightsSha256(model.weights),
        onnx: { sha256: await bytesSha256(bytes), bytes: bytes.byteLength },
        ...evaluation,
        ...(versusBaseline === undefined ? {} : { versusBaseline }),
        history: [...history],
        warnings: [
          ...model.warnings,
          ...perfectScoreNote(evaluation.metrics.test.accuracy?.value, parts.test.rows.length),
        ],
      },
    };
  } finally {
    model.dispose();
  }
}

/** Says so where no candidate has the primary metric on the validation rows, and the simplest is chosen. */
function undefinedMetric(candidates: readonly CandidateRecord[], spec: Spec): string[] {
  const values = candidates.map(({ metrics }) => metrics.validation[spec.metric]?.value ?? null);
  if (values.some((value) => value !== null)) return [];
  const { title } = metricNamed(spec.metric);
  return [`${title} is not defined on the validation rows, so the simplest candidate is chosen.`];
}

/** The best by the primary metric on validation among those whose parity passed; ties go to the simpler. */
function bestOf(candidates: readonly CandidateRecord[], spec: Spec): string | null {
  const sign = metricNamed(spec.metric).better === 'higher' ? 1 : -1;
  const scoreOf = (one: CandidateRecord): number => {
    const value = one.metrics.validation[spec.metric]?.value;
    return value === null || value === undefined ? -Infinity : sign * value;
  };
  const ranked = candidates
    .filter((candidate) => candidate.parity.passed)
    .sort((a, b) => scoreOf(b) - scoreOf(a) || a.complexity - b.complexity);
  return ranked[0]?.name ?? null;
}

/** The spec with every default written out, so that the record defines the run completely. */
function resolvedSpec(spec: Spec, sha256: string): Spec {
  return {
    ...spec,
    data: { ...spec.data, sha256 },
    steps: spec.steps.map((step, i) => ({
      ...step,
      parameters: {
        ...resolveParameters(stepNamed(step.step).parameters, step.parameters, `steps[${i}]`),
      },
    })),
    candidates: spec.candidates.map((candidate, i) => ({
      ...candidate,
      parameters: {
        ...resolveParameters(
          estimatorNamed(candidate.model).parameters,
          candidate.parameters,
          `candidates[${i}]`,
        ),
      },
    })),
  };
}
