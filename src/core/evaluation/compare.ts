import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import { percentiles } from './bootstrap.ts';
import type { Metric } from './metric.ts';

/**
 * How much better a candidate is than the baseline on the primary metric, over the same resamples of
 * the same rows. Positive is better whichever way the metric runs; `real` when the 95% interval of the
 * difference leaves 0 out.
 */
export function compareWithBaseline(
  metric: Metric,
  candidate: { readonly value: number | null; readonly samples: Float64Array },
  baseline: { readonly value: number | null; readonly samples: Float64Array },
): NonNullable<CandidateRecord['versusBaseline']> | undefined {
  if (candidate.value === null || baseline.value === null) return undefined;
  const sign = metric.better === 'higher' ? 1 : -1;
  const differences = candidate.samples.map(
    (value, i) => sign * (value - (baseline.samples[i] ?? NaN)),
  );
  const [low, high] = percentiles(differences);
  if (Number.isNaN(low) || Number.isNaN(high)) return undefined;
  const difference = sign * (candidate.value - baseline.value);
  return { difference, low, high, real: low > 0 || high < 0 };
}
