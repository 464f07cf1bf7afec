import type { Estimator } from '../estimator.ts';
import { emitRepetition, trainRepetition } from './repeated-value.ts';

export const lastValue: Estimator = {
  name: 'last_value',
  title: 'Last value',
  shortName: 'last value',
  summary:
    'Baseline of forecasts: the last known value of the target stays (also called naive forecast, or persistence). Where it is missing, the mean of the training target.',
  tasks: ['regression'],
  baseline: true,
  acceptsMissing: true,
  repeats: () => 0,
  complexity: 0,
  parameters: [],
  train: trainRepetition,
  emit: emitRepetition,
};
