import { startTreeMachine } from '#core/kernels/tree-kernels.ts';
import { RandomStream } from '#core/random.ts';
import {
  choiceOf,
  choiceOrNumberOf,
  numberOf,
  type ParameterValues,
} from '#core/spec/parameters.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { growBestFirst } from './best-first.ts';
import { binFeatures, MOST_BINS } from '../binned-features.ts';
import { ClassCriterion } from './class-criterion.ts';
import { growDepthFirst } from './depth-first.ts';
import { forestFeatures } from './forest-features.ts';
import { NodeSplitter } from './node-splitter.ts';
import { pruned } from './prune-tree.ts';
import { SumCriterion } from './sum-criterion.ts';
import type { GrownNodes } from '../tree-list.ts';
import { triedFeatures } from './tried-features.ts';

export interface ForestKind {
  /** 1 for a single tree. */
  readonly trees: number;
  /** Draws one threshold per feature instead of finding the best one. */
  readonly drawsThresholds: boolean;
  readonly bootstrap: boolean;
  /** Share of the rows that are drawn, where they are. */
  readonly maxSamples: number;
}

/** All that decides what a forest becomes, in a form that can be sent to another thread. */
export interface ForestPlan {
  readonly train: TrainingData;
  readonly parameters: ParameterValues;
  readonly kind: ForestKind;
  /** Of the training's random stream. */
  readonly seed: number;
}

/** A forest whose trees can be grown in any order, by any thread: each has a random stream of its own. */
export interface ForestGrowth {
  /** Numbers in a leaf. */
  readonly valueWidth: number;
  /** @param tree counted from 1 */
  grow(tree: number): GrownNodes;
}

export async function startForest(plan: ForestPlan): Promise<ForestGrowth> {
  const { train, parameters, kind, seed } = plan;
  const { features, target, task, outputs } = train;
  const random = new RandomStream(seed);
  const machine = await startTreeMachine();
  const binned = binFeatures(machine, features, MOST_BINS, random.fork('bins'));
  const ready = forestFeatures(machine, binned, features);
  const leastRows = numberOf(parameters, 'min_samples_leaf');
  const isEntropy = choiceOf(parameters, 'criterion') === 'entropy';
  const isSum = task === 'regression' || (outputs === 2 && !isEntropy);
  const criterion = isSum
    ? new SumCriterion(machine, ready, train, leastRows)
    : new ClassCriterion(machine, ready, train, leastRows, isEntropy);
  const splitter = new NodeSplitter(machine, ready, criterion, target, {
    leastRows,
    leastRowsToSplit: numberOf(parameters, 'min_samples_split'),
    maxDepth: numberOf(parameters, 'max_depth'),
    leastDecrease: numberOf(parameters, 'min_impurity_decrease'),
    tried: triedFeatures(choiceOrNumberOf(parameters, 'max_features'), train),
    drawsThresholds: kind.drawsThresholds,
    scale: 1 / kind.trees,
  });
  const costOfLeaf = numberOf(parameters, 'ccp_alpha');
  const maxLeaves = numberOf(parameters, 'max_leaf_nodes');
  const isPruned = costOfLeaf > 0;
  const { valueWidth } = criterion;
  return {
    valueWidth,
    grow(tree) {
      const own = random.fork(`tree ${tree}`);
      const weights = rowWeights(train, kind, own);
      const sample = { rows: rowsIn(weights), weights, random: own };
      const { grown } =
        maxLeaves > 0
          ? growBestFirst(sample, splitter, criterion, { maxLeaves, isPruned })
          : growDepthFirst(sample, splitter, criterion, isPruned);
      return isPruned ? pruned(grown, valueWidth, costOfLeaf * splitter.whole) : grown;
    },
  };
}

/** How often rows are drawn until one is among them that counts. */
const MOST_DRAWINGS = 20;

/** What each row counts in a tree: its own weight, times how often it was drawn; rows that count nothing are no tree. */
function rowWeights(
  { target, weights }: TrainingData,
  { bootstrap, maxSamples }: ForestKind,
  random: RandomStream,
): Float64Array {
  const rows = target.length;
  const weighed = (counts: Float64Array): Float64Array =>
    weights === undefined ? counts : counts.map((count, i) => count * (weights[i] ?? 0));
  if (!bootstrap) return weighed(new Float64Array(rows).fill(1));
  const draws = Math.max(1, Math.round(maxSamples * rows));
  for (let tries = 0; tries < MOST_DRAWINGS; tries += 1) {
    const counts = weighed(drawnCounts(rows, draws, random));
    if (counts.some((count) => count > 0)) return counts;
  }
  // Where so few rows count that they are hardly ever drawn, a drawing that has one has hardly any other.
  const counting = rowsIn(weights ?? new Float64Array(rows));
  const counts = new Float64Array(rows);
  counts[counting[random.integer(counting.length)] ?? 0] = 1;
  return weighed(counts);
}

/** How often each row is drawn. */
function drawnCounts(rows: number, draws: number, random: RandomStream): Float64Array {
  const counts = new Float64Array(rows);
  for (let i = 0; i < draws; i += 1) {
    const row = random.integer(rows);
    counts[row] = (counts[row] ?? 0) + 1;
  }
  return counts;
}

function rowsIn(weights: Float64Array): Int32Array {
  const rows = new Int32Array(weights.length);
  let count = 0;
  for (let row = 0; row < weights.length; row += 1) {
    rows[count] = row;
    if ((weights[row] ?? 0) > 0) count += 1;
  }
  return rows.subarray(0, count);
}
