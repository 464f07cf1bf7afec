import { seasonalLag } from '#core/spec/forecast.ts';
import type { Estimator } from '../estimator.ts';
import { emitRepetition, trainRepetition } from './repeated-value.ts';

export const seasonalNaive: Estimator = {
  name: 'seasonal_naive',
  title: 'Seasonal naive',
  shortName: 'seasonal naive',
  summary:
    'Baseline of forecasts: the value one season before the predicted time, or the least number of seasons before it that is known. Where it is missing, the mean of the training target.',
  tasks: ['regression'],
  baseline: true,
  acceptsMissing: true,
  repeats: (forecast) =>
    forecast.season === undefined ? null : seasonalLag(forecast, forecast.season),
  complexity: 0,
  parameters: [],
  train: trainRepetition,
  emit: emitRepetition,
};
