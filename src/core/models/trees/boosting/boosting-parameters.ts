import type { ParameterSpec } from '#core/spec/parameters.ts';
import { quantileParameter } from '../../quantile-parameter.ts';
import { MOST_BINS } from '../binned-features.ts';
import { lossNames } from './losses/registry.ts';

const MOST_CONSTRAINED = 1000;

/** What a model of values makes small. */
const lossParameters: readonly ParameterSpec[] = [
  {
    name: 'loss',
    label: 'Loss of values',
    kind: 'choice',
    choices: lossNames,
    default: 'squared_error',
    help: 'What a model of values makes small; poisson is for amounts of at least 0. Classes are learned by their log loss.',
    tasks: ['regression'],
  },
  {
    ...quantileParameter,
    onlyWith: { name: 'loss', choice: 'quantile' },
    tasks: ['regression'],
  },
];

/** How trees grow, whatever they make small. */
const growthParameters: readonly ParameterSpec[] = [
  {
    name: 'learning_rate',
    label: 'Learning rate',
    kind: 'number',
    min: 1e-4,
    max: 1,
    default: 0.1,
    help: 'How much of its correction each tree adds.',
  },
  {
    name: 'max_iter',
    label: 'Most iterations',
    kind: 'integer',
    min: 1,
    max: 5000,
    default: 100,
    help: 'Trees at most; with more than two classes, trees for each class.',
  },
  {
    name: 'max_leaf_nodes',
    label: 'Most leaves',
    kind: 'integer',
    min: 2,
    max: 1024,
    default: 31,
    help: 'Leaves of each tree.',
  },
  {
    name: 'max_depth',
    label: 'Most depth',
    kind: 'integer',
    min: 0,
    max: 100,
    default: 0,
    help: 'Splits from the root to a leaf; 0 sets no limit.',
  },
  {
    name: 'min_samples_leaf',
    label: 'Fewest rows in a leaf',
    kind: 'integer',
    min: 1,
    max: 1_000_000,
    default: 20,
    help: 'A split that leaves fewer training rows on a side is not made.',
  },
  {
    name: 'l2_regularization',
    label: 'L2 penalty',
    kind: 'number',
    min: 0,
    max: 1e6,
    default: 0,
    help: 'Is added to the sum of hessians of a leaf: larger values pull its value towards 0.',
  },
  {
    name: 'max_features',
    label: 'Share of features tried',
    kind: 'number',
    min: 1e-6,
    max: 1,
    default: 1,
    help: 'How many of the features, drawn anew for each split, it may be of; fewer make trees differ more.',
  },
  {
    name: 'max_bins',
    label: 'Most bins',
    kind: 'integer',
    min: 2,
    max: MOST_BINS,
    default: MOST_BINS,
    help: 'Bins of each feature, besides one for missing values.',
  },
  {
    name: 'increasing',
    label: 'Rises with',
    kind: 'text_list',
    maxLength: MOST_CONSTRAINED,
    default: [],
    help: 'Features, one a line: where one of them is larger and all else the same, the answer (of two classes, the second one’s probability) is never smaller.',
  },
  {
    name: 'decreasing',
    label: 'Falls with',
    kind: 'text_list',
    maxLength: MOST_CONSTRAINED,
    default: [],
    help: 'Features, one a line, with which the answer never gets larger.',
  },
  {
    name: 'patience',
    label: 'Patience',
    kind: 'integer',
    min: 0,
    max: 1000,
    default: 10,
    help: 'Stops after so many iterations without a lower validation loss, and keeps the best one’s trees; 0 never stops.',
  },
];

/** Named and set as in scikit-learn's HistGradientBoosting, where they are there. */
export const boostingParameters: readonly ParameterSpec[] = [
  ...lossParameters,
  ...growthParameters,
];

/** The first two as LightGBM's lambdarank_truncation_level and lambdarank_norm. */
export const lambdaMartParameters: readonly ParameterSpec[] = [
  {
    name: 'truncation_level',
    label: 'First places',
    kind: 'integer',
    min: 1,
    max: 1000,
    default: 30,
    help: 'Pairs of rows count of which one is in so many first places; the loss is 1 − NDCG of these.',
  },
  {
    name: 'normalize',
    label: 'Even out queries',
    kind: 'boolean',
    default: true,
    help: 'Pairs whose scores are far apart count less, and a query with many pairs no more than its logarithm.',
  },
  ...growthParameters,
];
