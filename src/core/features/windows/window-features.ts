import type { RollingStatistic, WindowPlan } from '#core/spec/forecast.ts';
import type { NumericFeature } from '../column.ts';
import type { WindowColumn } from './window-column.ts';

/** A statistic of so many last values. */
export interface RollingFeature {
  readonly window: number;
  readonly statistic: RollingStatistic;
}

/** The statistics of a plan, in the order of its features, which follow those of the lags. */
export function rollingFeatures({ rolling }: WindowPlan): readonly RollingFeature[] {
  if (rolling === undefined) return [];
  const { windows, statistics } = rolling;
  return windows.flatMap((window) => statistics.map((statistic) => ({ window, statistic })));
}

/**
 * Features of windows: `NAME.lag_0` is the last known value, `NAME.mean_7` the mean of the last seven, as pandas' shift
 * and rolling give them; the deviation has n − 1. Of a window with a missing value a statistic is missing.
 */
export function windowFeatures(column: WindowColumn, plan: WindowPlan): readonly NumericFeature[] {
  const { name, values, ends } = column;
  const feature = (label: string, valueAt: (end: number) => number): NumericFeature => ({
    kind: 'numeric',
    name: `${name}.${label}`,
    values: Float64Array.from(ends, valueAt),
  });
  return [
    ...plan.lags.map((lag) => feature(`lag_${lag}`, (end) => values[end - lag] ?? NaN)),
    ...rollingFeatures(plan).map(({ window, statistic }) =>
      feature(`${statistic}_${window}`, (end) =>
        statisticOf[statistic](values.subarray(end - window + 1, end + 1)),
      ),
    ),
  ];
}

/** Sums are taken from the oldest value to the last, as the graph's CumSum takes them. */
const statisticOf: Readonly<Record<RollingStatistic, (values: Float64Array) => number>> = {
  mean,
  std(values) {
    const centre = mean(values);
    let sum = 0;
    for (const value of values) sum += (value - centre) * (value - centre);
    return Math.sqrt(sum / (values.length - 1));
  },
  min: (values) => extreme(values, (a, b) => a < b),
  max: (values) => extreme(values, (a, b) => a > b),
};

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function extreme(values: Float64Array, isFurther: (a: number, b: number) => boolean): number {
  let found = values[0] ?? NaN;
  for (const value of values) {
    if (Number.isNaN(value)) return NaN;
    if (isFurther(value, found)) found = value;
  }
  return found;
}
