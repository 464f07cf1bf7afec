import type { Estimator } from '#core/models/estimator.ts';
import { emitTrees } from '../emit-trees.ts';
import { trainForest } from './forest.ts';
import { treeParameters } from './forest-parameters.ts';
import { gainImportances } from '../gain-importances.ts';

export const decisionTree: Estimator = {
  name: 'decision_tree',
  title: 'Decision tree',
  shortName: 'tree',
  summary:
    'One tree of questions about single features, over at most 255 bins of each: exact for features of fewer different values. Takes missing values as they are.',
  tasks: ['classification', 'regression'],
  acceptsMissing: true,
  acceptsWeights: true,
  complexity: 40,
  parameters: treeParameters,
  train: (input) =>
    trainForest(input, { trees: 1, drawsThresholds: false, bootstrap: false, maxSamples: 1 }),
  importances: gainImportances,
  trees: 'averaged',
  emit: emitTrees,
};
