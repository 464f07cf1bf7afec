import { forValues, weightedMean, type Metric } from './metric.ts';

export const rmse: Metric = {
  name: 'rmse',
  title: 'RMSE',
  better: 'lower',
  bounds: [0, Infinity],
  help: 'Root of the mean squared error, in the target’s unit: large errors weigh more.',
  ...forValues(({ actual, predicted }) => {
    const squares = actual.map((value, i) => {
      const error = value - (predicted[i] ?? 0);
      return error * error;
    });
    return (counts) => {
      const mean = weightedMean(squares, counts);
      return mean === null ? null : Math.sqrt(mean);
    };
  }),
};
