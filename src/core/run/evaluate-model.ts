import type { ModelSession } from '#core/engine.ts';
import { bootstrapMetrics, type BootstrapResult } from '#core/evaluation/bootstrap.ts';
import { metricsFor } from '#core/evaluation/registry.ts';
import type { TrainedModel } from '#core/models/estimator.ts';
import type { GraphAnswers } from '#core/run-graph.ts';
import type { RandomStream } from '#core/random.ts';
import type { Contract } from '#core/spec/contract.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import type { Part } from './fit-parts.ts';
import { PARITY_TOLERANCE } from './parity-tolerance.ts';
import { rankingsOf, scoreDifference } from './ranking-pictures.ts';
import { untargetedDifference } from './untargeted-parity.ts';
import { untargetedPictures, type UntargetedPictures } from './untargeted-pictures.ts';
import { answerRows, scoredRows } from './score-rows.ts';

/** A confusion matrix of more classes than this is left out: nobody reads it, and it grows with their square. */
const CONFUSION_CLASSES = 100;
/** Rows that a residual plot shows. */
const RESIDUAL_ROWS = 500;

export interface HeldOut {
  readonly validation: Part;
  readonly test: Part;
}

type Pictures = Pick<CandidateRecord, 'confusion' | 'residuals' | 'rankings'> & UntargetedPictures;

export type Evaluation = Pick<CandidateRecord, 'parity' | 'metrics'> &
  Pictures & {
    /** Resampled primary metric on the test rows, for comparison with the baseline. */
    readonly primarySamples: Float64Array;
  };

/**
 * Measures a model as it ships. Raw held-out records go through the exported graph; metrics come from
 * its answers alone, and the trainer's own predictions serve only to check parity.
 */
export async function evaluateModel(options: {
  readonly session: ModelSession;
  readonly contract: Contract;
  readonly trained: Pick<TrainedModel, 'predict'>;
  readonly heldOut: HeldOut;
  readonly resamples: number;
  readonly random: RandomStream;
  readonly signal: AbortSignal;
  readonly onParityChecked?: () => void;
}): Promise<Evaluation> {
  const { session, contract, heldOut, trained, signal } = options;
  const answers = {
    validation: await answerRows(session, contract, heldOut.validation, signal),
    test: await answerRows(session, contract, heldOut.test, signal),
  };
  const differences = [
    largestDifference(
      await trained.predict(heldOut.validation.data.features),
      answers.validation,
      contract,
    ),
    largestDifference(await trained.predict(heldOut.test.data.features), answers.test, contract),
  ];
  const maxAbsDifference = Math.max(...differences);
  options.onParityChecked?.();
  const measure = (name: 'validation' | 'test'): Promise<BootstrapResult> =>
    bootstrapMetrics(
      scoredRows(contract, heldOut[name], answers[name]),
      metricsFor(contract.task, contract.forecast !== undefined),
      contract.primaryMetric,
      { resamples: options.resamples, random: options.random.fork(name), signal },
    );
  const validation = await measure('validation');
  const test = await measure('test');
  return {
    parity: {
      maxAbsDifference,
      tolerance: PARITY_TOLERANCE,
      passed: maxAbsDifference <= PARITY_TOLERANCE,
      rows: answers.validation.rows + answers.test.rows,
    },
    metrics: { validation: validation.metrics, test: test.metrics },
    ...pictures(contract, heldOut, answers),
    primarySamples: test.primarySamples,
  };
}

/**
 * The largest absolute difference; without bound where either side gave no number, or where the graph's
 * label is not the class of its own largest probability.
 */
function largestDifference(own: Float32Array, graph: GraphAnswers, contract: Contract): number {
  if (graph.untargeted !== undefined) return untargetedDifference(own, graph.untargeted);
  if (contract.task === 'ranking') return scoreDifference(own, graph.values);
  const { mean = 0, standardDeviation = 1 } = contract.target;
  const other =
    contract.task === 'classification'
      ? graph.probabilities
      : graph.values.map((value) => (value - mean) / standardDeviation);
  let largest = own.length === other.length ? 0 : Infinity;
  for (let i = 0; i < own.length; i += 1) {
    const difference = Math.abs((own[i] ?? NaN) - (other[i] ?? NaN));
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  if (!labelsFit(graph, contract)) largest = Infinity;
  return largest === Infinity ? Number.MAX_VALUE : largest;
}

function labelsFit(
  { labels, probabilities }: GraphAnswers,
  { target: { classes = [] } }: Contract,
): boolean {
  return labels.every((label, i) => {
    const row = probabilities.subarray(i * classes.length, (i + 1) * classes.length);
    return label === row.indexOf(Math.max(...row));
  });
}

function pictures(
  contract: Contract,
  heldOut: HeldOut,
  answers: { readonly validation: GraphAnswers; readonly test: GraphAnswers },
): Pictures {
  const { validation, test } = answers;
  if (validation.untargeted !== undefined && test.untargeted !== undefined) {
    return untargetedPictures(heldOut, {
      validation: validation.untargeted,
      test: test.untargeted,
    });
  }
  if (contract.task === 'ranking') {
    const { validation: watched, test: held } = heldOut;
    return {
      rankings: {
        validation: rankingsOf(watched, validation.values),
        test: rankingsOf(held, test.values),
      },
    };
  }
  if (contract.task === 'regression') {
    const residuals = (part: Part, { values }: GraphAnswers) =>
      Array.from(part.target.subarray(0, RESIDUAL_ROWS), (actual, i) => ({
        actual,
        predicted: values[i] ?? NaN,
        ...part.moments?.[i],
      }));
    return {
      residuals: {
        validation: residuals(heldOut.validation, answers.validation),
        test: residuals(heldOut.test, answers.test),
      },
    };
  }
  const size = contract.target.classes?.length ?? 0;
  if (size > CONFUSION_CLASSES) return {};
  const confusion = (part: Part, { labels }: GraphAnswers): number[][] => {
    const matrix = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
    for (const [i, label] of labels.entries()) {
      const row = matrix[part.target[i] ?? 0];
      if (row !== undefined) row[label] = (row[label] ?? 0) + 1;
    }
    return matrix;
  };
  return {
    confusion: {
      validation: confusion(heldOut.validation, answers.validation),
      test: confusion(heldOut.test, answers.test),
    },
  };
}
