import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import { percentiles } from './bootstrap.ts';
import type { Metric } from './metric.ts';

/**
 * A candidate that is better on every row of so few is so by chance too often to be called better: signs of five rows
 * agree in one of sixteen cases (Fisher, 1935, of paired differences), of six in one of thirty-two.
 */
const LEAST_COUNT = 6;

/**
 * How much better a candidate is than the baseline on the primary metric, over the same resamples of
 * the same rows. Positive is better whichever way the metric runs; `real` when the 95% interval of the
 * difference leaves 0 out, and there are enough rows to tell.
 * @param count rows, of a ranking queries, that were drawn anew for each resample
 */
export function compareWithBaseline(
  metric: Metric,
  candidate: { readonly value: number | null; readonly samples: Float64Array },
  baseline: { readonly value: number | null; readonly samples: Float64Array },
  count: number,
): NonNullable<CandidateRecord['versusBaseline']> | undefined {
  if (candidate.value === null || baseline.value === null) return undefined;
  const sign = metric.better === 'higher' ? 1 : -1;
  const differences = candidate.samples.map(
    (value, i) => sign * (value - (baseline.samples[i] ?? NaN)),
  );
  const [low, high] = percentiles(differences);
  const difference = sign * (candidate.value - baseline.value);
  if (![low, high, difference].every(Number.isFinite)) return undefined;
  return { difference, low, high, real: count >= LEAST_COUNT && (low > 0 || high < 0) };
}
