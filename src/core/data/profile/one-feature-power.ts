import type { Codes } from './codes.ts';
import { leafOf, treeThresholds } from './one-feature-tree.ts';
import type { PowerTarget } from './target-tally.ts';

/** A feature of the same rows as the target: numbers with NaN for missing, or categories with −1. */
export type PowerFeature =
  | { readonly kind: 'numbers'; readonly values: Float64Array }
  | ({ readonly kind: 'categories' } & Codes);

/**
 * How well a feature alone tells the target, on rows that its model has not seen.
 *
 * In each fold the feature parts the rows into groups: the leaves of a small tree, or its categories, and
 * one for missing. A group predicts the mean target of its training rows (shares of classes for a class
 * target), drawn towards the mean of all by one row's weight; a group without training rows predicts that
 * mean, as the baseline always does.
 * @param folds each row's fold, from 0
 * @returns 1 − squared error ÷ the baseline's squared error, at least 0: 0 is no better than the mean, 1 is
 * perfect. For classes that is the Brier skill score (Brier, 1950), for values the out-of-sample R².
 */
export function oneFeaturePower(
  feature: PowerFeature,
  target: PowerTarget,
  folds: Int32Array,
): number {
  const order = feature.kind === 'numbers' ? ascendingRows(feature.values) : null;
  let error = 0;
  let baseline = 0;
  const foldCount = folds.reduce((most, fold) => Math.max(most, fold + 1), 0);
  for (let fold = 0; fold < foldCount; fold += 1) {
    const groups = groupsOf(feature, target, order?.filter((row) => folds[row] !== fold) ?? null);
    const errors =
      target.kind === 'values'
        ? valueErrors(groups, target.values, folds, fold)
        : classErrors(groups, target, folds, fold);
    error += errors.error;
    baseline += errors.baseline;
  }
  return baseline > 0 ? Math.max(0, 1 - error / baseline) : 0;
}

interface Errors {
  /** Sum of squared errors over the fold's rows. */
  readonly error: number;
  readonly baseline: number;
}

/** The group of every row, from 0; 0 is missing. */
function groupsOf(
  feature: PowerFeature,
  target: PowerTarget,
  training: Int32Array | null,
): Int32Array {
  if (feature.kind === 'categories') return feature.codes.map((code) => code + 1);
  const thresholds = treeThresholds(feature.values, training ?? new Int32Array(0), target);
  return Int32Array.from(feature.values, (value) =>
    Number.isNaN(value) ? 0 : 1 + leafOf(value, thresholds),
  );
}

function valueErrors(
  groups: Int32Array,
  values: Float64Array,
  folds: Int32Array,
  fold: number,
): Errors {
  const size = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  const rows = new Float64Array(size);
  const sums = new Float64Array(size);
  let total = 0;
  let training = 0;
  for (const [row, group] of groups.entries()) {
    if (folds[row] === fold) continue;
    const value = values[row] ?? 0;
    rows[group] = (rows[group] ?? 0) + 1;
    sums[group] = (sums[group] ?? 0) + value;
    total += value;
    training += 1;
  }
  const mean = total / training;
  let error = 0;
  let baseline = 0;
  for (const [row, group] of groups.entries()) {
    if (folds[row] !== fold) continue;
    const value = values[row] ?? 0;
    const predicted = ((sums[group] ?? 0) + mean) / ((rows[group] ?? 0) + 1);
    error += (value - predicted) * (value - predicted);
    baseline += (value - mean) * (value - mean);
  }
  return { error, baseline };
}

/** Squared errors of class shares against what came: Σ p² − 2 p of the true class + 1. */
function classErrors(
  groups: Int32Array,
  target: Extract<PowerTarget, { kind: 'classes' }>,
  folds: Int32Array,
  fold: number,
): Errors {
  const { codes, size } = target;
  const shares = new Float64Array(size);
  let training = 0;
  for (const [row, code] of codes.entries()) {
    if (folds[row] === fold) continue;
    shares[code] = (shares[code] ?? 0) + 1;
    training += 1;
  }
  for (const [code, count] of shares.entries()) shares[code] = count / training;
  const shareSquares = shares.reduce((sum, share) => sum + share * share, 0);

  const groupCount = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  const rows = new Float64Array(groupCount);
  /** Σ over classes of (count + share)², per group; most groups lack most classes. */
  const squares = new Float64Array(groupCount).fill(shareSquares);
  const counts = new Map<number, number>();
  for (const [row, group] of groups.entries()) {
    if (folds[row] === fold) continue;
    const code = codes[row] ?? 0;
    const key = group * size + code;
    const count = counts.get(key) ?? 0;
    rows[group] = (rows[group] ?? 0) + 1;
    squares[group] = (squares[group] ?? 0) + 2 * (count + (shares[code] ?? 0)) + 1;
    counts.set(key, count + 1);
  }

  let error = 0;
  let baseline = 0;
  for (const [row, group] of groups.entries()) {
    if (folds[row] !== fold) continue;
    const code = codes[row] ?? 0;
    const share = shares[code] ?? 0;
    const weight = (rows[group] ?? 0) + 1;
    const predicted = ((counts.get(group * size + code) ?? 0) + share) / weight;
    error += (squares[group] ?? 0) / (weight * weight) - 2 * predicted + 1;
    baseline += shareSquares - 2 * share + 1;
  }
  return { error, baseline };
}

function ascendingRows(values: Float64Array): Int32Array {
  const present = Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  return present.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
}
