import { booleanOf, numberOf } from '#core/spec/parameters.ts';
import type { Estimator } from '#core/models/estimator.ts';
import { emitTrees } from '../emit-trees.ts';
import { trainForest } from './forest.ts';
import { forestParameters } from './forest-parameters.ts';
import { meanImportances } from '../gain-importances.ts';

export const extraTrees: Estimator = {
  name: 'extra_trees',
  title: 'Extra trees',
  shortName: 'extra trees',
  summary:
    'The mean of many trees whose thresholds are drawn at random and moved between two of at most 255 bins. Takes missing values as they are.',
  tasks: ['classification', 'regression'],
  acceptsMissing: true,
  acceptsWeights: true,
  complexity: 51,
  parameters: forestParameters({ bootstrap: false }),
  train: (input) =>
    trainForest(input, {
      trees: numberOf(input.parameters, 'n_estimators'),
      drawsThresholds: true,
      bootstrap: booleanOf(input.parameters, 'bootstrap'),
      maxSamples: numberOf(input.parameters, 'max_samples'),
    }),
  importances: meanImportances,
  trees: 'averaged',
  emit: emitTrees,
};
