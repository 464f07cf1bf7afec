import { forValues, weightedMean, type Metric } from './metric.ts';

/** Hyndman and Koehler (2006), Another look at measures of forecast accuracy, section 3. */
export const mase: Metric = {
  name: 'mase',
  title: 'MASE',
  better: 'lower',
  bounds: [0, Infinity],
  help: 'Mean absolute error, over that of repeating the value a season earlier (the row before, without a season) in the training rows: below 1 the forecast is better.',
  undefinedWhen: 'the training rows do not differ from those a season earlier',
  ...forValues(({ actual, predicted, naiveError = 0 }) => {
    const errors = actual.map((value, i) => Math.abs(value - (predicted[i] ?? 0)));
    return (counts) => {
      const error = weightedMean(errors, counts);
      return error === null || naiveError === 0 ? null : error / naiveError;
    };
  }),
};
