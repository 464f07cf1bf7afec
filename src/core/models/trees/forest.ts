import type { FeatureMatrix } from '#core/features/matrix.ts';
import { startTreeMachine } from '#core/kernels/tree-kernels.ts';
import { ln } from '#core/math.ts';
import { Breather } from '#core/pause.ts';
import type { RandomStream } from '#core/random.ts';
import { choiceOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import type {
  TrainedModel,
  Training,
  TrainingData,
  TrainingInput,
  WeightTensor,
} from '../estimator.ts';
import { binFeatures, MOST_BINS } from './binned-features.ts';
import { ClassCriterion } from './class-criterion.ts';
import { DepthFirstGrower } from './depth-first.ts';
import { forestFeatures } from './forest-features.ts';
import { SumCriterion } from './sum-criterion.ts';
import { addTrees, treesOf } from './sum-trees.ts';
import { TreeList } from './tree-list.ts';

/** The curve is measured on at most so many rows. */
const LOSS_ROWS = 2000;
/** Shares below it count as it in the curve's cross-entropy. */
const LEAST_SHARE = 1e-15;

export interface ForestKind {
  /** 1 for a single tree. */
  readonly trees: number;
  /** Draws one threshold per feature instead of finding the best one. */
  readonly drawsThresholds: boolean;
  readonly bootstrap: boolean;
}

/**
 * Trees grown to the end and averaged, as scikit-learn's decision tree, random forest and extra trees: squared error for
 * values, and Gini impurity or entropy for classes, over at most 255 bins of each feature. Each tree has a random stream of its own.
 */
export async function* trainForest(
  { train, parameters, random, signal }: TrainingInput,
  { trees: epochs, drawsThresholds, bootstrap }: ForestKind,
): Training {
  const { features, target, task, outputs } = train;
  const breather = new Breather(signal);
  const machine = await startTreeMachine();
  const binned = binFeatures(machine, features, MOST_BINS, random.fork('bins'));
  const ready = forestFeatures(machine, binned, features);
  await breather.breathe();
  const leastRows = numberOf(parameters, 'min_samples_leaf');
  const isEntropy = choiceOf(parameters, 'criterion') === 'entropy';
  const isSum = task === 'regression' || (outputs === 2 && !isEntropy);
  const criterion = isSum
    ? new SumCriterion(machine, ready, train, leastRows)
    : new ClassCriterion(machine, ready, train, leastRows, isEntropy);
  const grower = new DepthFirstGrower(machine, ready, criterion, target, {
    leastRows,
    leastRowsToSplit: numberOf(parameters, 'min_samples_split'),
    maxDepth: numberOf(parameters, 'max_depth'),
    tried: triedFeatures(parameters, train),
    drawsThresholds,
    scale: 1 / epochs,
  });
  const trees = new TreeList(criterion.valueWidth);
  const curve = new Curve(train, epochs);
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    const own = random.fork(`tree ${epoch}`);
    const weights = rowWeights(train, bootstrap ? own : undefined);
    grower.grow(rowsIn(weights), weights, own, trees);
    await breather.breathe();
    yield { epoch, epochs, trainLoss: curve.add(trees, epoch), validationLoss: null };
  }
  return forestOf(trees.weights(new Float64Array(criterion.valueWidth)));
}

/** What each row counts in a tree: its own weight, times how often it was drawn. */
function rowWeights(
  { target, weights }: TrainingData,
  drawnBy: RandomStream | undefined,
): Float64Array {
  const rows = target.length;
  const counts = new Float64Array(rows);
  if (drawnBy === undefined) counts.fill(1);
  else {
    for (let i = 0; i < rows; i += 1) {
      const row = drawnBy.integer(rows);
      counts[row] = (counts[row] ?? 0) + 1;
    }
  }
  return weights === undefined ? counts : counts.map((count, i) => count * (weights[i] ?? 0));
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

function triedFeatures(parameters: ParameterValues, { features, task }: TrainingData): number {
  const { width } = features;
  const chosen = choiceOf(parameters, 'max_features');
  const byTask = task === 'regression' ? 'all' : 'sqrt';
  switch (chosen === 'auto' ? byTask : chosen) {
    case 'sqrt':
      return Math.max(1, Math.floor(Math.sqrt(width)));
    case 'log2':
      return Math.max(1, 31 - Math.clz32(width));
    default:
      return width;
  }
}

/** The loss of the trees so far, over some training rows. */
class Curve {
  readonly #data: TrainingData;
  readonly #features: FeatureMatrix;
  readonly #every: number;
  readonly #trees: number;
  readonly #sums: Float64Array;

  constructor(data: TrainingData, trees: number) {
    const { rows, width, values, names } = data.features;
    this.#data = data;
    this.#trees = trees;
    this.#every = Math.ceil(rows / LOSS_ROWS);
    const kept = Math.ceil(rows / this.#every);
    const own = new Float32Array(kept * width);
    for (let i = 0; i < kept; i += 1) {
      const from = i * this.#every * width;
      own.set(values.subarray(from, from + width), i * width);
    }
    this.#features = { rows: kept, width, values: own, names };
    this.#sums = new Float64Array(kept * data.outputs);
  }

  /** Adds the latest tree, and gives the mean loss of all so far: cross-entropy, or the squared error. */
  add(trees: TreeList, count: number): number {
    const { target, task, outputs } = this.#data;
    addTrees(trees.treesFrom(count - 1), this.#features, this.#sums, outputs);
    const scale = this.#trees / count;
    let loss = 0;
    for (let i = 0; i < this.#features.rows; i += 1) {
      const y = target[i * this.#every] ?? 0;
      const answer = (this.#sums[i * outputs + (task === 'regression' ? 0 : y)] ?? 0) * scale;
      loss +=
        task === 'regression' ? (answer - y) * (answer - y) : -ln(Math.max(LEAST_SHARE, answer));
    }
    return loss / this.#features.rows;
  }
}

function forestOf(weights: readonly WeightTensor[]): TrainedModel {
  const trees = treesOf(weights);
  return {
    weights,
    warnings: [],
    predict(features) {
      const sums = new Float64Array(features.rows * trees.valueWidth);
      addTrees(trees, features, sums, trees.valueWidth);
      return Promise.resolve(Float32Array.from(sums));
    },
    dispose: () => undefined,
  };
}
