import type { ParameterSpec } from '#core/spec/parameters.ts';

/** Named and set as in scikit-learn's trees and forests, where they are there. */
const criterion: ParameterSpec = {
  name: 'criterion',
  label: 'Impurity of classes',
  kind: 'choice',
  choices: ['gini', 'entropy'],
  default: 'gini',
  help: 'What a split of classes makes smaller; entropy is scikit-learn’s log_loss too. Values are split by their squared error.',
  tasks: ['classification'],
};

const maxDepth: ParameterSpec = {
  name: 'max_depth',
  label: 'Most depth',
  kind: 'integer',
  min: 0,
  max: 1000,
  default: 0,
  help: 'Splits from the root to a leaf; 0 sets no limit.',
};

const leastToSplit: ParameterSpec = {
  name: 'min_samples_split',
  label: 'Fewest rows to split',
  kind: 'integer',
  min: 2,
  max: 1_000_000,
  default: 2,
  help: 'A node with fewer training rows becomes a leaf.',
};

const leastInLeaf: ParameterSpec = {
  name: 'min_samples_leaf',
  label: 'Fewest rows in a leaf',
  kind: 'integer',
  min: 1,
  max: 1_000_000,
  default: 1,
  help: 'A split that leaves fewer training rows on a side is not made.',
};

const mostLeaves: ParameterSpec = {
  name: 'max_leaf_nodes',
  label: 'Most leaves',
  kind: 'integer',
  min: 0,
  max: 1_000_000,
  default: 0,
  help: 'Leaves of each tree; the split comes first that takes most off the impurity. 0 sets no limit.',
};

const leastDecrease: ParameterSpec = {
  name: 'min_impurity_decrease',
  label: 'Least decrease of impurity',
  kind: 'number',
  min: 0,
  max: 1e15,
  default: 0,
  help: 'A split is made where it takes at least this off the impurity, times the node’s share of the rows; of values the impurity is their variance.',
};

const costOfLeaf: ParameterSpec = {
  name: 'ccp_alpha',
  label: 'Cost of a leaf',
  kind: 'number',
  min: 0,
  max: 1e15,
  default: 0,
  help: 'Prunes the grown tree: branches go that take less than this off the impurity for each leaf that they add. 0 prunes nothing.',
};

const trees: ParameterSpec = {
  name: 'n_estimators',
  label: 'Trees',
  kind: 'integer',
  min: 1,
  max: 2000,
  default: 100,
  help: 'How many trees are grown; their answers are averaged.',
};

const triedFeatures = (byDefault: string): ParameterSpec => ({
  name: 'max_features',
  label: 'Features tried at a node',
  kind: 'choice_or_number',
  choices: ['auto', 'all', 'sqrt', 'log2'],
  min: 1e-6,
  max: 1,
  numberLabel: 'Share of the features',
  firstNumber: 0.5,
  default: byDefault,
  help: 'All of them, or as many at random as their number’s square root or logarithm, or a share of them; auto is sqrt for classes and all for values.',
});

const maxSamples: ParameterSpec = {
  name: 'max_samples',
  label: 'Share of rows drawn',
  kind: 'number',
  min: 1e-6,
  max: 1,
  default: 1,
  help: 'How many rows are drawn for each tree, as a share of all; where rows are drawn.',
};

const bootstrap = (byDefault: boolean): ParameterSpec => ({
  name: 'bootstrap',
  label: 'Draw rows',
  kind: 'boolean',
  default: byDefault,
  help: 'Each tree is grown over as many rows as there are, drawn with repetition, instead of over all of them.',
});

export const treeParameters: readonly ParameterSpec[] = [
  criterion,
  maxDepth,
  mostLeaves,
  leastToSplit,
  leastInLeaf,
  triedFeatures('all'),
  leastDecrease,
  costOfLeaf,
];

export const forestParameters = (options: {
  readonly bootstrap: boolean;
}): readonly ParameterSpec[] => [
  trees,
  criterion,
  maxDepth,
  mostLeaves,
  leastToSplit,
  leastInLeaf,
  triedFeatures('auto'),
  bootstrap(options.bootstrap),
  maxSamples,
  leastDecrease,
  costOfLeaf,
];
