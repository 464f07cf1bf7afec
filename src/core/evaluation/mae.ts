import { forValues, weightedMean, type Metric } from './metric.ts';
import { scaledErrors, unscaled } from './scaled.ts';

export const mae: Metric = {
  name: 'mae',
  title: 'MAE',
  better: 'lower',
  bounds: [0, Infinity],
  help: 'Mean absolute error, in the target’s unit.',
  ...forValues(({ actual, predicted }) => {
    const errors = scaledErrors(actual, predicted);
    const sizes = errors.values.map(Math.abs);
    return (counts) => {
      const mean = weightedMean(sizes, counts);
      return mean === null ? null : unscaled(mean, errors);
    };
  }),
};
