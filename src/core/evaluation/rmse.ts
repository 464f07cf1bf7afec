import { forValues, weightedMean, type Metric } from './metric.ts';
import { scaledErrors, unscaled } from './scaled.ts';

export const rmse: Metric = {
  name: 'rmse',
  title: 'RMSE',
  better: 'lower',
  bounds: [0, Infinity],
  help: 'Root of the mean squared error, in the target’s unit: large errors weigh more.',
  ...forValues(({ actual, predicted }) => {
    const errors = scaledErrors(actual, predicted);
    const squares = errors.values.map((error) => error * error);
    return (counts) => {
      const mean = weightedMean(squares, counts);
      return mean === null ? null : unscaled(Math.sqrt(mean), errors);
    };
  }),
};
