import { forValues, weightedMean, type Metric } from './metric.ts';
import { scaled, scaledErrors } from './scaled.ts';

/** 1 − Σ(y − ŷ)² ÷ Σ(y − ȳ)², with ȳ the mean of the rows it is measured on (as scikit-learn). */
export const r2: Metric = {
  name: 'r2',
  title: 'R²',
  better: 'higher',
  bounds: [-Infinity, 1],
  help: 'Share of the target’s variance that is explained; 0 is as good as the mean, negative is worse.',
  undefinedWhen: 'all of these rows have the same target value',
  ...forValues(({ actual, predicted }) => {
    const { values, unit } = scaled(actual);
    const errors = scaledErrors(actual, predicted);
    const ratio = (errors.unit / unit) * errors.ease;
    return (counts) => {
      const mean = weightedMean(values, counts);
      if (mean === null || !varies(actual, counts)) return null;
      let residual = 0;
      let total = 0;
      for (let i = 0; i < values.length; i += 1) {
        const count = counts[i] ?? 0;
        const deviation = (values[i] ?? 0) - mean;
        const error = errors.values[i] ?? 0;
        residual += count * (error * error);
        total += count * deviation * deviation;
      }
      return total === 0 ? null : 1 - (residual / total) * ratio * ratio;
    };
  }),
};

/** Whether the rows that count differ at all: the sum of squares of equal ones may be rounding, not 0. */
function varies(values: Float64Array, counts: Uint32Array): boolean {
  const first = values[counts.findIndex((count) => count > 0)];
  return values.some((value, i) => counts[i] !== 0 && value !== first);
}
