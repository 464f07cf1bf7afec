import { forComponents, weightedMean, type Metric } from './metric.ts';

export const reconstructionRmse: Metric = {
  name: 'reconstruction_rmse',
  title: 'Reconstruction RMSE',
  better: 'lower',
  bounds: [0, Infinity],
  help: 'Root of the mean squared error of a feature put together again from the components, in the unit that the steps lead to: after scaling, in deviations.',
  ...forComponents(({ errors, features: { width } }) => {
    const squares = Float64Array.from(errors, (error) => (error * error) / width);
    return (counts) => {
      const mean = weightedMean(squares, counts);
      return mean === null ? null : Math.sqrt(mean);
    };
  }),
};
