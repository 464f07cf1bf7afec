import { booleanOf, numberOf } from '#core/spec/parameters.ts';
import type { Estimator } from '#core/models/estimator.ts';
import { emitTrees } from '../emit-trees.ts';
import { trainForest } from './forest.ts';
import { forestParameters } from './forest-parameters.ts';
import { meanImportances } from '../gain-importances.ts';

export const randomForest: Estimator = {
  name: 'random_forest',
  title: 'Random forest',
  shortName: 'forest',
  summary:
    'The mean of many trees, each grown over rows drawn at random and trying some features at each node, over at most 255 bins of each. Takes missing values as they are.',
  tasks: ['classification', 'regression'],
  acceptsMissing: true,
  acceptsWeights: true,
  complexity: 50,
  parameters: forestParameters({ bootstrap: true }),
  train: (input) =>
    trainForest(input, {
      trees: numberOf(input.parameters, 'n_estimators'),
      drawsThresholds: false,
      bootstrap: booleanOf(input.parameters, 'bootstrap'),
      maxSamples: numberOf(input.parameters, 'max_samples'),
    }),
  importances: meanImportances,
  trees: 'averaged',
  emit: emitTrees,
};
