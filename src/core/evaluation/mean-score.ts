import { forAnomalies, weightedMean, type Metric } from './metric.ts';

export const meanScore: Metric = {
  name: 'mean_score',
  title: 'Mean score',
  better: 'lower',
  bounds: [0, 1],
  help: 'Mean anomaly score of the rows; 0.5 where they stand out no more than chance would have it.',
  ...forAnomalies(({ scores }) => {
    const values = Float64Array.from(scores);
    return (counts) => weightedMean(values, counts);
  }),
};
