import { between } from './quantiles.ts';
import { targetTally, type PowerTarget } from './target-tally.ts';

/** Fewest training rows in a leaf. */
const LEAF_ROWS = 5;
const MAX_LEAVES = 32;

/** Leaves a tree may have: the root of its training rows, from 2 to 32. */
function mostLeaves(rows: number): number {
  return Math.max(2, Math.min(MAX_LEAVES, Math.floor(Math.sqrt(rows))));
}

interface Leaf {
  readonly from: number;
  readonly to: number;
  /** Where it splits best, and how much more is explained then; 0 where it can't. */
  readonly at: number;
  readonly gain: number;
}

/**
 * A regression or Gini tree over one feature, grown best leaf first (Breiman and others, 1984; Shi,
 * 2007), as scikit-learn's trees with `max_leaf_nodes` and `min_samples_leaf`.
 * @param order training rows, ascending by the feature, none missing
 * @returns the ascending thresholds between its leaves: a leaf holds what is ≤ its upper threshold
 */
export function treeThresholds(
  feature: Float64Array,
  order: Int32Array,
  target: PowerTarget,
): number[] {
  const leaves = [bestSplit(feature, order, target, 0, order.length)];
  const most = mostLeaves(order.length);
  const cuts: number[] = [];
  while (leaves.length < most) {
    const best = leaves.reduce((a, b) => (b.gain > a.gain ? b : a));
    if (best.gain <= 0) break;
    leaves[leaves.indexOf(best)] = bestSplit(feature, order, target, best.from, best.at);
    leaves.push(bestSplit(feature, order, target, best.at, best.to));
    cuts.push(best.at);
  }
  return cuts.map((at) => threshold(feature, order, at)).sort((a, b) => a - b);
}

/** The leaf of a value: how many thresholds lie below it. */
export function leafOf(value: number, thresholds: readonly number[]): number {
  let leaf = 0;
  while (leaf < thresholds.length && value > (thresholds[leaf] ?? NaN)) leaf += 1;
  return leaf;
}

function bestSplit(
  feature: Float64Array,
  order: Int32Array,
  target: PowerTarget,
  from: number,
  to: number,
): Leaf {
  const left = targetTally(target);
  const right = targetTally(target);
  for (let i = from; i < to; i += 1) right.add(order[i] ?? 0);
  const whole = right.explained();
  let at = from;
  let gain = 0;
  for (let i = from + 1; i <= to - LEAF_ROWS; i += 1) {
    const row = order[i - 1] ?? 0;
    left.add(row);
    right.remove(row);
    if (i - from < LEAF_ROWS || feature[row] === feature[order[i] ?? 0]) continue;
    const gained = left.explained() + right.explained() - whole;
    // Less than rounding makes of nothing is no gain.
    if (gained > gain && gained > whole * 1e-12) {
      gain = gained;
      at = i;
    }
  }
  return { from, to, at, gain };
}

/** Half-way between two neighbours in the order; the lower one where rounding would reach the upper. */
function threshold(feature: Float64Array, order: Int32Array, at: number): number {
  const low = feature[order[at - 1] ?? 0] ?? NaN;
  const high = feature[order[at] ?? 0] ?? NaN;
  const middle = between(low, high, 0.5);
  return middle < high ? middle : low;
}
