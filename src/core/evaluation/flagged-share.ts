import { forAnomalies, weightedMean, type Metric } from './metric.ts';

export const flaggedShare: Metric = {
  name: 'flagged_share',
  title: 'Share flagged',
  better: 'lower',
  bounds: [0, 1],
  help: 'Share of rows whose score is above the threshold; close to the share that the threshold was set for where the rows are like those of training.',
  ...forAnomalies(({ flagged }) => {
    const values = Float64Array.from(flagged);
    return (counts) => weightedMean(values, counts);
  }),
};
