import type { TrainingData } from '#core/models/estimator.ts';
import { RandomStream } from '#core/random.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';

/** A model of trees, its parameters, the rows that it and scikit-learn's are trained on, and others to predict. */
export interface TreeCase {
  readonly name: string;
  readonly model: 'decision_tree' | 'gradient_boosting';
  readonly parameters: ParameterValues;
  readonly train: TrainingData;
  readonly held: TrainingData;
}

interface Draw {
  readonly seed: number;
  readonly rows: number;
  readonly width: number;
  /** Number of classes; 1 draws values. */
  readonly outputs: number;
  /** Numbers of at most so many different values. */
  readonly distinct?: number;
  /** Share of missing values in every second feature. */
  readonly missing?: number;
  readonly weighted?: boolean;
  /** Amounts of at least 0 instead of values of either sign. */
  readonly amounts?: boolean;
  /** Of the first features, how many categories each holds codes of. */
  readonly categories?: readonly number[];
}

function draw(given: Draw): TrainingData {
  const { seed, rows, width, outputs, distinct, missing = 0, weighted, amounts } = given;
  const { categories = [] } = given;
  const random = new RandomStream(seed);
  const values = new Float32Array(rows * width);
  const target = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const row = Float64Array.from({ length: width }, () =>
      distinct === undefined ? random.normal() : random.integer(distinct) - distinct / 2,
    );
    const [a = 0, b = 0, c = 0] = row;
    const codes = categories.map((count) => random.integer(count));
    const effect = codes.reduce((sum, code, j) => sum + (((code * 7 + j) % 5) - 2) / 2, 0);
    row.set(codes);
    const score = (categories.length > 0 ? effect : a) + (b > 0.2 ? c : -c) + random.normal() / 2;
    target[i] =
      outputs === 1 ? score : Math.min(outputs - 1, Math.max(0, Math.floor(score + outputs / 2)));
    if (amounts === true) target[i] = Math.floor(Math.exp(score));
    const features = row.map((x, j) => (j % 2 === 0 && random.uniform() < missing ? NaN : x));
    values.set(features, i * width);
  }
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  return {
    task: outputs === 1 ? 'regression' : 'classification',
    features: {
      ...{ rows, width, values, names },
      ...(categories.length > 0 && {
        categories: Int32Array.from({ length: width }, (_, j) => categories[j] ?? 0),
      }),
    },
    target,
    outputs,
    ...(weighted === true && {
      weights: Float64Array.from({ length: rows }, () => 0.5 + random.uniform()),
    }),
  };
}

/** The same truth behind other rows. */
const both = (of: Draw): Pick<TreeCase, 'train' | 'held'> => ({
  train: draw(of),
  held: draw({ ...of, seed: of.seed + 1000, rows: 200 }),
});

const boosting = (name: string, parameters: ParameterValues, of: Draw): TreeCase => ({
  name: `gradient boosting, ${name}`,
  model: 'gradient_boosting',
  parameters: { patience: 0, ...parameters },
  ...both(of),
});

export const boostingCases: readonly TreeCase[] = [
  boosting('one tree, two classes', { max_iter: 1 }, { seed: 1, rows: 2000, width: 5, outputs: 2 }),
  boosting('one tree, values', { max_iter: 1 }, { seed: 2, rows: 2000, width: 5, outputs: 1 }),
  // Where rows of a class have one gradient, splits tie; weights and large leaves make that rare.
  boosting(
    'four classes',
    { max_iter: 5 },
    { seed: 3, rows: 240, width: 6, outputs: 4, weighted: true },
  ),
  boosting(
    'three classes',
    { max_iter: 4, min_samples_leaf: 100 },
    { seed: 15, rows: 3000, width: 4, outputs: 3 },
  ),
  boosting(
    'missing values',
    { max_iter: 10 },
    { seed: 4, rows: 2000, width: 7, outputs: 2, missing: 0.3 },
  ),
  boosting(
    'missing values, one bin',
    { max_iter: 3 },
    { seed: 5, rows: 500, width: 4, outputs: 1, distinct: 1, missing: 0.4 },
  ),
  boosting(
    'few bins',
    { max_iter: 20, max_bins: 16 },
    { seed: 6, rows: 3000, width: 3, outputs: 2 },
  ),
  boosting(
    'few values',
    { max_iter: 10 },
    { seed: 7, rows: 2000, width: 4, outputs: 1, distinct: 9 },
  ),
  boosting(
    'L2 penalty',
    { max_iter: 10, l2_regularization: 5 },
    { seed: 8, rows: 800, width: 4, outputs: 2 },
  ),
  boosting(
    'depth of 2',
    { max_iter: 10, max_depth: 2 },
    { seed: 9, rows: 800, width: 4, outputs: 1 },
  ),
  boosting(
    'leaves of five rows',
    { max_iter: 5, min_samples_leaf: 5, max_leaf_nodes: 200 },
    { seed: 10, rows: 300, width: 4, outputs: 1 },
  ),
  boosting(
    'row weights',
    { max_iter: 10 },
    { seed: 11, rows: 240, width: 4, outputs: 2, weighted: true },
  ),
  boosting(
    'row weights, values',
    { max_iter: 10 },
    { seed: 12, rows: 240, width: 4, outputs: 1, weighted: true },
  ),
  boosting('too few rows to split', { max_iter: 3 }, { seed: 13, rows: 30, width: 3, outputs: 2 }),
  boosting('100 trees', {}, { seed: 14, rows: 1000, width: 5, outputs: 2 }),
  // Slopes are of two values, so that small nodes tie: few large leaves, or weights.
  boosting(
    'absolute error',
    { loss: 'absolute_error', max_iter: 60, max_leaf_nodes: 3, min_samples_leaf: 100 },
    { seed: 31, rows: 1000, width: 4, outputs: 1 },
  ),
  boosting(
    'absolute error, row weights, missing values',
    { loss: 'absolute_error', max_iter: 60 },
    { seed: 43, rows: 240, width: 4, outputs: 1, weighted: true, missing: 0.2 },
  ),
  boosting(
    'quantile of 0.8',
    { loss: 'quantile', quantile: 0.8, max_iter: 60, max_leaf_nodes: 3, min_samples_leaf: 100 },
    { seed: 33, rows: 1000, width: 4, outputs: 1 },
  ),
  boosting(
    'quantile of 0.25, row weights',
    { loss: 'quantile', quantile: 0.25 },
    { seed: 34, rows: 240, width: 4, outputs: 1, weighted: true },
  ),
  boosting(
    'Poisson',
    { loss: 'poisson' },
    { seed: 35, rows: 1000, width: 4, outputs: 1, amounts: true },
  ),
  boosting(
    'Poisson, row weights, missing values',
    { loss: 'poisson', max_iter: 60 },
    { seed: 36, rows: 240, width: 4, outputs: 1, amounts: true, weighted: true, missing: 0.2 },
  ),
];

export const categoryCases: readonly TreeCase[] = [
  boosting(
    'categories, values',
    { max_iter: 50 },
    { seed: 61, rows: 2000, width: 4, outputs: 1, categories: [12, 3] },
  ),
  boosting(
    'categories, two classes, missing values',
    { max_iter: 50 },
    { seed: 62, rows: 2000, width: 5, outputs: 2, categories: [40, 5, 2], missing: 0.2 },
  ),
  boosting(
    'categories, three classes, row weights',
    { max_iter: 10, min_samples_leaf: 40 },
    { seed: 63, rows: 2000, width: 3, outputs: 3, categories: [9, 30, 4], weighted: true },
  ),
  boosting(
    'categories, 255 of them and few rows of each',
    { max_iter: 50 },
    { seed: 64, rows: 6000, width: 2, outputs: 1, categories: [255], missing: 0.1 },
  ),
  boosting(
    'categories beside a monotone feature, Poisson',
    { max_iter: 30, max_leaf_nodes: 8, loss: 'poisson', increasing: ['x2'] },
    { seed: 65, rows: 1000, width: 3, outputs: 1, categories: [15, 6], amounts: true },
  ),
];

/** Where a bound cuts both children to one value, scikit-learn splits by a gain that is rounding alone: few leaves. */
export const monotoneCases: readonly TreeCase[] = [
  boosting(
    'monotone, values, missing values',
    { max_iter: 50, max_leaf_nodes: 8, increasing: ['x0'], decreasing: ['x1', 'x3'] },
    { seed: 51, rows: 1000, width: 4, outputs: 1, missing: 0.2 },
  ),
  boosting(
    'monotone, two classes, L2 penalty',
    { max_iter: 50, increasing: ['x1'], decreasing: ['x0'], l2_regularization: 2 },
    { seed: 52, rows: 2000, width: 4, outputs: 2 },
  ),
  boosting(
    'monotone, Poisson, row weights',
    { max_iter: 50, loss: 'poisson', increasing: ['x0', 'x2'] },
    { seed: 53, rows: 240, width: 4, outputs: 1, amounts: true, weighted: true },
  ),
];

const tree = (name: string, parameters: ParameterValues, of: Draw): TreeCase => ({
  name: `decision tree, ${name}`,
  model: 'decision_tree',
  parameters,
  ...both(of),
});

/** Splits gain the same on both sides of the middle, and again in each half: which comes first is left to the order alone. */
function stairs(leaves: number): TreeCase {
  const rows = 64;
  const values = Float32Array.from({ length: rows }, (_, i) => i);
  const target = Float64Array.from({ length: rows }, (_, i) => i >> 1);
  const features = { rows, width: 1, values, names: ['x0'] };
  const data: TrainingData = { task: 'regression', features, target, outputs: 1 };
  return {
    name: `decision tree, ${leaves} leaves of even stairs`,
    model: 'decision_tree',
    parameters: { max_leaf_nodes: leaves },
    train: data,
    held: data,
  };
}

/** Weights of their own keep two splits from being equally good, where scikit-learn chooses by chance. */
export const decisionTreeCases: readonly TreeCase[] = [
  tree(
    'values',
    { min_samples_leaf: 5 },
    { seed: 21, rows: 1000, width: 4, outputs: 1, distinct: 200 },
  ),
  tree(
    'fewer rows than bins',
    { min_samples_leaf: 10 },
    { seed: 22, rows: 250, width: 5, outputs: 1 },
  ),
  tree(
    'depth of 3',
    { max_depth: 3 },
    { seed: 23, rows: 800, width: 5, outputs: 1, distinct: 100 },
  ),
  tree(
    'two classes',
    { min_samples_leaf: 5 },
    { seed: 24, rows: 600, width: 4, outputs: 2, distinct: 90, weighted: true },
  ),
  tree(
    'four classes',
    { min_samples_leaf: 5 },
    { seed: 25, rows: 600, width: 4, outputs: 4, distinct: 90, weighted: true },
  ),
  tree(
    'two classes, entropy',
    { min_samples_leaf: 5, criterion: 'entropy' },
    { seed: 71, rows: 600, width: 4, outputs: 2, distinct: 90, weighted: true },
  ),
  tree(
    'four classes, entropy, missing values',
    { min_samples_leaf: 5, criterion: 'entropy' },
    { seed: 72, rows: 600, width: 4, outputs: 4, distinct: 90, weighted: true, missing: 0.2 },
  ),
  tree(
    'missing values',
    { min_samples_leaf: 5 },
    { seed: 26, rows: 600, width: 4, outputs: 1, distinct: 90, missing: 0.3 },
  ),
  tree(
    'missing values, classes',
    { min_samples_leaf: 5 },
    { seed: 27, rows: 600, width: 4, outputs: 3, distinct: 90, missing: 0.2, weighted: true },
  ),
  tree(
    'fewest rows to split',
    { min_samples_split: 40, min_samples_leaf: 2 },
    { seed: 28, rows: 600, width: 4, outputs: 1, distinct: 90 },
  ),
  tree(
    'least decrease, values',
    { min_samples_leaf: 5, min_impurity_decrease: 0.02 },
    { seed: 111, rows: 400, width: 4, outputs: 1, distinct: 90, weighted: true },
  ),
  tree(
    'least decrease, classes by entropy',
    { min_samples_leaf: 5, min_impurity_decrease: 0.01, criterion: 'entropy' },
    { seed: 112, rows: 400, width: 4, outputs: 3, distinct: 90, weighted: true },
  ),
  tree(
    'pruned, values',
    { min_samples_leaf: 5, ccp_alpha: 0.01 },
    { seed: 113, rows: 400, width: 4, outputs: 1, distinct: 90, weighted: true, missing: 0.1 },
  ),
  tree(
    'pruned, two classes',
    { min_samples_leaf: 5, ccp_alpha: 0.004 },
    { seed: 114, rows: 400, width: 4, outputs: 2, distinct: 90, weighted: true },
  ),
  tree(
    'pruned, four classes',
    { min_samples_leaf: 5, ccp_alpha: 0.004 },
    { seed: 115, rows: 400, width: 4, outputs: 4, distinct: 90, weighted: true },
  ),
  tree(
    'pruned, entropy',
    { min_samples_leaf: 5, ccp_alpha: 0.01, criterion: 'entropy' },
    { seed: 116, rows: 400, width: 4, outputs: 2, distinct: 90, weighted: true },
  ),
  tree(
    'seven leaves, values, missing values',
    { max_leaf_nodes: 7 },
    { seed: 118, rows: 600, width: 4, outputs: 1, distinct: 90, missing: 0.2 },
  ),
  tree(
    '25 leaves, fewer rows than bins, row weights',
    { max_leaf_nodes: 25, min_samples_leaf: 4 },
    { seed: 119, rows: 250, width: 5, outputs: 1, weighted: true },
  ),
  tree(
    'two leaves',
    { max_leaf_nodes: 2 },
    { seed: 120, rows: 300, width: 3, outputs: 2, distinct: 50, weighted: true },
  ),
  tree(
    '20 leaves, two classes',
    { max_leaf_nodes: 20, min_samples_leaf: 3 },
    { seed: 121, rows: 600, width: 4, outputs: 2, distinct: 90, weighted: true },
  ),
  tree(
    '25 leaves, four classes by entropy, missing values',
    { max_leaf_nodes: 25, min_samples_leaf: 3, criterion: 'entropy' },
    { seed: 122, rows: 600, width: 4, outputs: 4, distinct: 90, weighted: true, missing: 0.2 },
  ),
  tree(
    '30 leaves at most, a depth of 4',
    { max_leaf_nodes: 30, max_depth: 4 },
    { seed: 123, rows: 800, width: 5, outputs: 1, distinct: 100 },
  ),
  tree(
    '60 leaves at most, least decrease',
    { max_leaf_nodes: 60, min_samples_leaf: 5, min_impurity_decrease: 0.01 },
    { seed: 124, rows: 400, width: 4, outputs: 3, distinct: 90, weighted: true },
  ),
  tree(
    '30 leaves, pruned',
    { max_leaf_nodes: 30, min_samples_leaf: 3, ccp_alpha: 0.005 },
    { seed: 125, rows: 400, width: 4, outputs: 3, distinct: 90, weighted: true },
  ),
  ...[3, 5, 6, 7, 11, 13, 23].map(stairs),
  tree(
    'pruned to its root',
    { ccp_alpha: 10 },
    { seed: 117, rows: 100, width: 3, outputs: 2, weighted: true },
  ),
];
