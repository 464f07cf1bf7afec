import type { ModelSession } from '#core/engine.ts';
import { runError } from '#core/errors.ts';
import type { Scored } from '#core/evaluation/metric.ts';
import { runGraph, type GraphAnswers } from '#core/run-graph.ts';
import { lengthsOf } from '#core/language/next-character.ts';
import type { Contract } from '#core/spec/contract.ts';
import type { Part } from './fit-parts.ts';

/**
 * What the exported graph answers to a part's raw records.
 * @throws TerrariumError where it gives no number for a row
 */
export async function answerRows(
  session: ModelSession,
  contract: Contract,
  part: Part,
  signal: AbortSignal,
): Promise<GraphAnswers> {
  const answers = await runGraph(session, contract, part.columns, part.rows.length, signal);
  refuseGaps(answers, part);
  return answers;
}

/** The answers beside the truth, as metrics want them. */
export function scoredRows(
  contract: Contract,
  { target, data }: Pick<Part, 'target' | 'data'>,
  answers: GraphAnswers,
): Scored {
  const { untargeted } = answers;
  if (untargeted !== undefined) {
    const { kind, labels, numbers, width } = untargeted;
    const { features } = data;
    const lastOf = (): Float32Array => numbers.filter((_, at) => at % width === width - 1);
    switch (kind) {
      case 'score':
        return { task: 'anomaly_detection', scores: lastOf(), flagged: labels };
      case 'text':
        return { task: 'language', nats: lastOf(), characters: lengthsOf(features) };
      case 'components':
        return { task: 'reduction', errors: lastOf(), features };
      default:
        return { task: 'clustering', labels, groups: width, features };
    }
  }
  if (contract.task === 'ranking') {
    const { queries = new Int32Array(target.length) } = data;
    return { task: 'ranking', queries, grades: target, scores: answers.values };
  }
  if (contract.task === 'regression') {
    const naiveError = contract.forecast?.naiveError;
    return { task: 'regression', actual: target, predicted: answers.values, naiveError };
  }
  return {
    task: 'classification',
    classes: contract.target.classes ?? [],
    actual: Int32Array.from(target),
    predicted: answers.labels,
    probabilities: answers.probabilities,
  };
}

/** Metrics of anything but numbers would mean nothing. */
function refuseGaps({ probabilities, values, rows, untargeted }: GraphAnswers, part: Part): void {
  const answers = untargeted?.numbers ?? (values.length > 0 ? values : probabilities);
  const gap = answers.findIndex((value) => !Number.isFinite(value));
  if (gap < 0) return;
  const row = (part.rows[Math.floor((gap * rows) / answers.length)] ?? 0) + 1;
  throw runError(
    'no_answer',
    `The exported model gives no number for row ${row} of the data.`,
    'Look for values far outside the rest in that row; in a spec, columns.NAME.missing lists texts that mean missing.',
    { row },
  );
}
