import { forValues, weightedMean, type Metric } from './metric.ts';
import { scaledErrors, unscaled } from './scaled.ts';

/** Hyndman and Koehler (2006), Another look at measures of forecast accuracy, section 3. */
export const mase: Metric = {
  name: 'mase',
  title: 'MASE',
  better: 'lower',
  bounds: [0, Infinity],
  help: 'Mean absolute error, over that of repeating the value a season earlier (the row before, without a season) in the training rows: below 1 the forecast is better.',
  undefinedWhen: 'the training rows do not differ from those a season earlier',
  ...forValues(({ actual, predicted, naiveError = 0 }) => {
    const errors = scaledErrors(actual, predicted);
    const sizes = errors.values.map(Math.abs);
    return (counts) => {
      const mean = weightedMean(sizes, counts);
      if (mean === null || naiveError === 0) return null;
      return unscaled(mean, errors) / naiveError;
    };
  }),
};
