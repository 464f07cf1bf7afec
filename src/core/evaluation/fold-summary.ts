import { mean } from '#core/features/statistics.ts';
import type { CrossValidation } from '#core/spec/candidate-record.ts';
import type { MetricName } from '#core/spec/spec.ts';
import { scaledErrors, unscaled } from './scaled.ts';

type FoldSummary = CrossValidation['metrics'][MetricName];

/**
 * Mean and standard deviation (n − 1) of every metric over the folds; null where a fold has none, since the others
 * alone would be another average for each candidate.
 * @param folds at least two
 */
export function summaryOf(folds: CrossValidation['folds']): CrossValidation['metrics'] {
  const names = Object.keys(folds[0]?.metrics ?? {}) as MetricName[];
  return Object.fromEntries(
    names.map((name) => [name, overFolds(folds.map(({ metrics }) => metrics[name] ?? null))]),
  );
}

function overFolds(values: readonly (number | null)[]): FoldSummary {
  const defined = values.filter((value) => value !== null);
  if (defined.length < values.length) return { mean: null, standardDeviation: null };
  const centre = mean(Float64Array.from(defined));
  const away = scaledErrors(
    Float64Array.from(defined),
    new Float64Array(defined.length).fill(centre),
  );
  const squares = away.values.reduce((sum, value) => sum + value * value, 0);
  const deviation = unscaled(Math.sqrt(squares / (defined.length - 1)), away);
  return { mean: centre, standardDeviation: deviation };
}
