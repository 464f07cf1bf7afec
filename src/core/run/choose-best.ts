import { metricNamed } from '#core/evaluation/registry.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import type { Spec } from '#core/spec/spec.ts';

/**
 * The figure that a candidate is chosen by: the primary metric's mean over the folds where there are any, else its
 * value on the validation rows; null where it is not defined.
 */
export function choosingFigure(candidate: CandidateRecord, { metric }: Spec): number | null {
  const { crossValidation, metrics } = candidate;
  const found =
    crossValidation === undefined
      ? metrics.validation[metric]?.value
      : crossValidation.metrics[metric]?.mean;
  return found ?? null;
}

/** Name of the best among the candidates whose parity passed; ties go to the simpler. */
export function bestOf(candidates: readonly CandidateRecord[], spec: Spec): string | null {
  const sign = metricNamed(spec.metric).better === 'higher' ? 1 : -1;
  const scoreOf = (one: CandidateRecord): number => {
    const figure = choosingFigure(one, spec);
    return figure === null ? -Infinity : sign * figure;
  };
  const ranked = candidates
    .filter((candidate) => candidate.parity.passed)
    .sort((a, b) => scoreOf(b) - scoreOf(a) || a.complexity - b.complexity);
  return ranked[0]?.name ?? null;
}

/** Says so where no candidate has the figure, and the simplest is chosen. */
export function undefinedFigure(candidates: readonly CandidateRecord[], spec: Spec): string[] {
  if (candidates.some((one) => choosingFigure(one, spec) !== null)) return [];
  const { title } = metricNamed(spec.metric);
  const where = spec.split.folds === undefined ? 'on the validation rows' : 'in every fold';
  return [`${title} is not defined ${where}, so the simplest candidate is chosen.`];
}
