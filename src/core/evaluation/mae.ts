import { forValues, weightedMean, type Metric } from './metric.ts';

export const mae: Metric = {
  name: 'mae',
  title: 'MAE',
  better: 'lower',
  bounds: [0, Infinity],
  help: 'Mean absolute error, in the target’s unit.',
  ...forValues(({ actual, predicted }) => {
    const errors = actual.map((value, i) => Math.abs(value - (predicted[i] ?? 0)));
    return (counts) => weightedMean(errors, counts);
  }),
};
