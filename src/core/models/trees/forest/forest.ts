import type { FeatureMatrix } from '#core/features/matrix.ts';
import { ln } from '#core/math.ts';
import type {
  TrainedModel,
  Training,
  TrainingData,
  TrainingInput,
} from '#core/models/estimator.ts';
import type { WeightTensor } from '#core/models/weight-tensor.ts';
import { startForest, type ForestKind } from './forest-growth.ts';
import { addTrees, treesOf } from '../sum-trees.ts';
import { TreeList } from '../tree-list.ts';
import { treesInTurn } from './trees-in-turn.ts';

/** The curve is measured on at most so many rows. */
const LOSS_ROWS = 2000;
/** Shares below it count as it in the curve's cross-entropy. */
const LEAST_SHARE = 1e-15;

/**
 * Trees grown to the end and averaged, as scikit-learn's decision tree, random forest and extra trees: squared error for
 * values, and Gini impurity or entropy for classes, over at most 255 bins of each feature. Where threads are lent, each
 * grows whole trees.
 */
export async function* trainForest(
  { train, parameters, random, signal, threads }: TrainingInput,
  kind: ForestKind,
): Training {
  const epochs = kind.trees;
  const plan = { train, parameters, kind, seed: random.seed };
  const growth = await startForest(plan);
  const trees = new TreeList(growth.valueWidth);
  const curve = new Curve(train, epochs);
  let epoch = 0;
  for await (const tree of treesInTurn(plan, growth, signal, threads)) {
    epoch += 1;
    trees.append(tree);
    yield { epoch, epochs, trainLoss: curve.add(trees, epoch), validationLoss: null };
  }
  return forestOf(trees.weights(new Float64Array(growth.valueWidth)));
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
