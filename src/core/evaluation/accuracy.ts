import { forClasses, weightedMean, type Metric } from './metric.ts';

export const accuracy: Metric = {
  name: 'accuracy',
  title: 'Accuracy',
  better: 'higher',
  bounds: [0, 1],
  help: 'Share of rows whose class is predicted right.',
  ...forClasses(({ actual, predicted }) => {
    const right = Float64Array.from(actual, (label, i) => (label === predicted[i] ? 1 : 0));
    return (counts) => weightedMean(right, counts);
  }),
};
