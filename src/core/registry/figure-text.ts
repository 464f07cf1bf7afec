import type { CrossValidation, Interval } from '#core/spec/candidate-record.ts';
import type { MetricName } from '#core/spec/spec.ts';

const NOT_DEFINED = 'not defined';

/** Sums of shares are off by so much for rounding alone; a figure far below is one of a target in a very large unit. */
const ROUNDING = { from: 1e-30, to: 1e-15 };

/**
 * A figure to three decimals, fewer where more than three digits stand before them, so that those of one table look
 * alike; with an exponent where decimals would say nothing, or digits too much.
 */
function figureText(value: number): string {
  const size = Math.abs(value);
  const isNothing = size === 0 || (size >= ROUNDING.from && size < ROUNDING.to);
  if (!isNothing && (size < 0.001 || size >= 1e9)) return value.toExponential(3);
  return value.toFixed(size >= 100_000 ? 0 : size >= 10_000 ? 1 : size >= 1000 ? 2 : 3);
}

/** For example `0.981 (0.940 to 1.000)`. */
export function intervalText(interval: Interval | undefined): string {
  if (interval?.value === undefined || interval.value === null) return NOT_DEFINED;
  const { value, low, high } = interval;
  const range = low === null || high === null ? '' : ` (${figureText(low)} to ${figureText(high)})`;
  return `${figureText(value)}${range}`;
}

/** Mean and standard deviation over the folds, for example `0.981 ± 0.012`. */
export function foldsText(found: CrossValidation | undefined, metric: MetricName): string {
  const { mean = null, standardDeviation = null } = found?.metrics[metric] ?? {};
  if (mean === null || standardDeviation === null) return NOT_DEFINED;
  return `${figureText(mean)} ± ${figureText(standardDeviation)}`;
}
