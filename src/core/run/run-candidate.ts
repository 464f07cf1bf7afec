import { Piece } from '#core/checkpoints/piece.ts';
import type { Sitting } from '#core/checkpoints/sitting.ts';
import { bytesSha256 } from '#core/bytes-hash.ts';
import type { Engine } from '#core/engine.ts';
import { compareWithBaseline } from '#core/evaluation/compare.ts';
import { perfectScoreNote } from '#core/evaluation/perfect-score.ts';
import { metricNamed } from '#core/evaluation/registry.ts';
import type { Estimator } from '#core/models/estimator.ts';
import type { TrainingCost } from '#core/models/training-pulse.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { stoppingAt } from '#core/networks/budget.ts';
import type { RandomStream } from '#core/random.ts';
import type { RunEvent } from '#core/run-events.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import type { Spec, SpecCandidate } from '#core/spec/spec.ts';
import { balanceTraining } from './balance-training.ts';
import { candidateRandom } from './candidate-random.ts';
import { crossValidate, type CrossValidated } from './cross-validate.ts';
import { describeComponents } from './describe-components.ts';
import { evaluateModel } from './evaluate-model.ts';
import { featureCoefficients } from './feature-coefficients.ts';
import { featureImportances } from './feature-importances.ts';
import { exportTrained } from './export-trained.ts';
import { candidateForm, type FinishedCandidate } from './finished-candidate.ts';
import type { PreparedRun } from './prepare-run.ts';
import { Headway, timeLeftMs } from './time-left.ts';
import { trainCandidate } from './train-candidate.ts';
import type { Wish } from '#core/wish.ts';
import { weightsSha256 } from './weights-hash.ts';

/** What all candidates of a run share. */
export interface CandidateJob {
  readonly spec: Spec;
  readonly prepared: PreparedRun;
  readonly engine: Engine;
  readonly random: RandomStream;
  readonly signal: AbortSignal;
  readonly look: Wish;
  readonly onEvent: (event: RunEvent) => void;
  readonly sitting: Sitting;
}

/** A candidate on its way: what it is called, what trains it, and with what. */
interface Trainee {
  readonly name: string;
  readonly candidate: SpecCandidate;
  readonly estimator: Estimator;
  readonly parameters: ParameterValues;
  readonly random: RandomStream;
}

/**
 * Trains a candidate, writes it as ONNX, holds the graph against the trainer, measures the graph on held-out rows, and
 * where folds are wanted does the same over them.
 */
export async function runCandidate(
  candidate: SpecCandidate,
  job: CandidateJob,
  baseline: FinishedCandidate | undefined,
): Promise<FinishedCandidate> {
  const { name, model } = candidate;
  const estimator = estimatorNamed(model);
  const parameters = resolveParameters(estimator.parameters, candidate.parameters, name);
  const random = candidateRandom(job.random, model);
  const trainee = { name, candidate, estimator, parameters, random };
  const piece = await Piece.open(job.sitting, { candidate: name, fold: null });
  const { bytes, primarySamples, record } = await piece.result(candidateForm, () =>
    trainAndMeasure(trainee, job, piece),
  );
  // A budget of time gives the folds the steps that it gave the candidate itself, and nothing else of them hangs on a clock.
  const { stoppedAtStep } = record;
  const ofFolds = { ...trainee, parameters: stoppingAt(parameters, stoppedAtStep) };
  const folds = await overFolds(ofFolds, job, record.trainMs);
  const warnings = [...record.warnings, ...(folds?.warnings ?? [])];
  const versusBaseline = comparison(job, { record, primarySamples }, baseline);
  return {
    bytes,
    primarySamples,
    record: {
      ...record,
      ...(versusBaseline === undefined ? {} : { versusBaseline }),
      ...(folds === undefined ? {} : { crossValidation: folds.record }),
      warnings,
    },
  };
}

async function trainAndMeasure(
  { name, candidate, estimator, parameters, random }: Trainee,
  { spec, prepared, engine, signal, look, onEvent, random: ofRun }: CandidateJob,
  piece: Piece,
): Promise<FinishedCandidate> {
  onEvent({ type: 'stage', candidate: name, stage: 'train' });
  const fitted = await balanceTraining(prepared.fittedFor(candidate), candidate, {
    random,
    signal,
  });
  const { contract, parts } = fitted;
  const headway = new Headway();
  const { model, trainMs, history } = await trainCandidate(estimator, parameters, fitted, engine, {
    random,
    signal,
    piece,
    look: {
      taken: () => look.take(),
      show: (seen) => onEvent({ type: 'layers', candidate: name, ...seen }),
    },
    onEpoch: (event, elapsedMs) => {
      const etaMs = timeLeftMs(elapsedMs, headway.at(event), parameters);
      onEvent({ type: 'epoch', candidate: name, ...event, elapsedMs, etaMs });
    },
    onPulse: (pulse, elapsedMs) => {
      const etaMs = timeLeftMs(elapsedMs, headway.at(pulse), parameters);
      onEvent({ type: 'pulse', candidate: name, ...pulse, elapsedMs, etaMs });
    },
    onResumed: (epoch, history) => {
      onEvent({ type: 'resumed', candidate: name, fold: null, epoch, history });
    },
  });
  try {
    onEvent({ type: 'stage', candidate: name, stage: 'export' });
    const bytes = exportTrained(fitted, estimator, parameters, model);
    onEvent({ type: 'stage', candidate: name, stage: 'parity' });
    const session = await engine.openModel(bytes);
    const { primarySamples, ...evaluation } = await evaluateModel({
      session,
      contract,
      trained: model,
      heldOut: parts,
      resamples: spec.evaluation.resamples,
      random: ofRun.fork('bootstrap'),
      signal,
      onParityChecked: () => {
        onEvent({ type: 'stage', candidate: name, stage: 'evaluate' });
      },
    }).finally(() => session.release());
    const perfect = perfectScoreNote(
      evaluation.metrics.test.accuracy?.value,
      parts.test.rows.length,
    );
    return {
      bytes,
      primarySamples,
      record: {
        name,
        model: estimator.name,
        parameters: { ...parameters },
        complexity: estimator.complexity,
        trainMs,
        weightsSha256: await weightsSha256(model.weights),
        onnx: { sha256: await bytesSha256(bytes), bytes: bytes.byteLength },
        ...evaluation,
        ...featureImportances(estimator, model, parts.train.data.features),
        ...(await featureCoefficients(estimator, model, parts.train.data, {
          classes: contract.target.classes,
          signal,
        })),
        ...describeComponents(estimator, model, parts.train.data.features),
        ...(model.stoppedAtStep === undefined ? {} : { stoppedAtStep: model.stoppedAtStep }),
        ...(model.cost === undefined ? {} : { cost: costOf(model.cost, trainMs) }),
        history: [...history],
        warnings: [...model.warnings, ...perfect],
      },
    };
  } finally {
    model.dispose();
  }
}

/** The work's clock starts a moment before the trainer's, and no work takes longer than the clock on the wall. */
function costOf(cost: TrainingCost, trainMs: number): TrainingCost {
  return { ...cost, wallMs: Math.max(cost.wallMs, trainMs) };
}

/** @param trainMs what the first training took, which the folds' time is guessed from until one is done */
async function overFolds(
  { name, candidate, estimator, parameters, random }: Trainee,
  { prepared, engine, signal, onEvent, sitting }: CandidateJob,
  trainMs: number,
): Promise<CrossValidated | undefined> {
  const folds = prepared.folds.map(
    (fit, i) => () =>
      balanceTraining(fit(estimator, candidate), candidate, {
        random: random.fork(`fold:${i}`),
        signal,
      }),
  );
  if (folds.length === 0) return undefined;
  onEvent({ type: 'stage', candidate: name, stage: 'folds' });
  const { clock } = sitting;
  const startMs = clock.ms;
  return crossValidate(estimator, parameters, folds, {
    name,
    sitting,
    engine,
    random,
    signal,
    onResumed: (fold, epoch) => {
      onEvent({ type: 'resumed', candidate: name, fold, epoch, history: [] });
    },
    onProgress: ({ pulse, ...progress }) => {
      const { fold, done } = progress;
      const elapsedMs = clock.ms - startMs;
      const perShare = fold === 1 ? trainMs * folds.length : elapsedMs / done;
      const etaMs = perShare * (1 - done);
      onEvent({ type: 'fold', candidate: name, ...progress, etaMs });
      if (pulse !== null) onEvent({ type: 'pulse', candidate: name, ...pulse, elapsedMs, etaMs });
    },
  });
}

function comparison(
  { spec: { metric }, prepared }: CandidateJob,
  own: Pick<FinishedCandidate, 'record' | 'primarySamples'>,
  baseline: FinishedCandidate | undefined,
): CandidateRecord['versusBaseline'] {
  if (baseline === undefined) return undefined;
  const side = ({ record, primarySamples }: typeof own) => ({
    value: record.metrics.test[metric]?.value ?? null,
    samples: primarySamples,
  });
  const { rows, queryNames = rows } = prepared.parts.test;
  return compareWithBaseline(metricNamed(metric), side(own), side(baseline), queryNames.length);
}
