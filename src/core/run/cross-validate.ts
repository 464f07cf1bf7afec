import { Piece } from '#core/checkpoints/piece.ts';
import type { Sitting } from '#core/checkpoints/sitting.ts';
import type { CourseListener } from '#core/checkpoints/training-course.ts';
import type { Engine } from '#core/engine.ts';
import { summaryOf } from '#core/evaluation/fold-summary.ts';
import { scoredCount, type Scored } from '#core/evaluation/metric.ts';
import { metricsFor } from '#core/evaluation/registry.ts';
import type { EpochEvent, Estimator } from '#core/models/estimator.ts';
import type { TrainingPulse } from '#core/models/training-pulse.ts';
import type { RandomStream } from '#core/random.ts';
import type { Contract } from '#core/spec/contract.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';
import type { CrossValidation } from '#core/spec/candidate-record.ts';
import { exportTrained } from './export-trained.ts';
import { foldForm, type FinishedFold } from './finished-fold.ts';
import type { FittedParts } from './fit-parts.ts';
import { answerRows, scoredRows } from './score-rows.ts';
import { Headway } from './time-left.ts';
import { trainCandidate } from './train-candidate.ts';
import { weightsSha256 } from './weights-hash.ts';

export interface FoldProgress {
  /** The round that is under way, from 1, of so many. */
  readonly fold: number;
  readonly folds: number;
  /** Share of all rounds that is done at least, 0 to 1. */
  readonly done: number;
  /** The last epoch of the round's training; null before there is one. */
  readonly epoch: EpochEvent | null;
}

/** With how its training goes at the moment, where that is what is told. */
type FoldStep = FoldProgress & { readonly pulse: TrainingPulse | null };

export interface CrossValidated {
  readonly record: CrossValidation;
  readonly warnings: readonly string[];
}

type MeasuredFold = CrossValidation['folds'][number];

interface FoldOptions {
  /** The candidate's name. */
  readonly name: string;
  readonly sitting: Sitting;
  readonly engine: Engine;
  readonly random: RandomStream;
  readonly signal: AbortSignal;
  /** The training of a fold, from 1, goes on from after an epoch. */
  readonly onResumed: (fold: number, epoch: number) => void;
}

/**
 * Trains a candidate anew for each fold, features included, and measures what would ship of it, the exported graph, on
 * the fold's test rows.
 */
export async function crossValidate(
  estimator: Estimator,
  parameters: ParameterValues,
  folds: readonly (() => Promise<FittedParts>)[],
  options: FoldOptions & { readonly onProgress: (progress: FoldStep) => void },
): Promise<CrossValidated> {
  const measured: MeasuredFold[] = [];
  const warnings: string[] = [];
  for (const [i, fit] of folds.entries()) {
    const headway = new Headway();
    let epoch: EpochEvent | null = null;
    const tell = (share: number, pulse: TrainingPulse | null = null): void => {
      const done = (i + share) / folds.length;
      options.onProgress({ fold: i + 1, folds: folds.length, done, epoch, pulse });
    };
    const hear: CourseListener = {
      onEpoch: (event) => {
        epoch = event;
        tell(headway.at(event));
      },
      onPulse: (pulse) => tell(headway.at(pulse), pulse),
    };
    tell(0);
    const random = options.random.fork(`fold:${i}`);
    const { name: candidate, sitting } = options;
    const piece = await Piece.open(sitting, { candidate, fold: i + 1 });
    const found = await piece.result(foldForm, async () =>
      runFold(estimator, parameters, await fit(), { ...options, random, hear, piece }),
    );
    measured.push(found.fold);
    warnings.push(...found.warnings.map((said) => `Fold ${i + 1}: ${said}`));
  }
  return { record: { folds: measured, metrics: summaryOf(measured) }, warnings };
}

async function runFold(
  estimator: Estimator,
  parameters: ParameterValues,
  fitted: FittedParts,
  options: FoldOptions & { readonly hear: CourseListener; readonly piece: Piece },
): Promise<FinishedFold> {
  const { engine, random, signal, hear, piece } = options;
  const { model } = await trainCandidate(estimator, parameters, fitted, engine, {
    random,
    signal,
    piece,
    ...hear,
    onResumed: (epoch) => options.onResumed(piece.place.fold ?? 0, epoch),
  });
  try {
    const { contract, parts } = fitted;
    const session = await engine.openModel(exportTrained(fitted, estimator, parameters, model));
    const answers = await answerRows(session, contract, parts.test, signal).finally(() =>
      session.release(),
    );
    const metrics = measure(scoredRows(contract, parts.test, answers), contract);
    const fold = { weightsSha256: await weightsSha256(model.weights), metrics };
    return { fold, warnings: [...model.warnings] };
  } finally {
    model.dispose();
  }
}

/** Every metric of the task, each row counted once; null where it is not defined. */
function measure(scored: Scored, { forecast }: Contract): MeasuredFold['metrics'] {
  const once = new Uint32Array(scoredCount(scored)).fill(1);
  return Object.fromEntries(
    metricsFor(scored.task, forecast !== undefined).map((metric) => {
      const value = metric.prepare(scored)(once);
      return [metric.name, value !== null && Number.isFinite(value) ? value : null];
    }),
  );
}
