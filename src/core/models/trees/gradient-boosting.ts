import { exp } from '#core/math.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import { startTreeMachine, type TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { Breather } from '#core/pause.ts';
import { numberOf } from '#core/spec/parameters.ts';
import type { Task } from '#core/spec/spec.ts';
import {
  weightOfType,
  type EmittedModel,
  type Estimator,
  type TrainedModel,
  type Training,
  type TrainingData,
  type TrainingInput,
  type WeightTensor,
} from '../estimator.ts';
import { softmaxRows } from '../linear/linear-model.ts';
import { binFeatures, type BinnedFeatures } from './binned-features.ts';
import { baselineOf, crossEntropy, meanLoss, squaredError, takeRows } from './boosting-loss.ts';
import { boostingParameters } from './boosting-parameters.ts';
import { emitTrees } from './emit-trees.ts';
import { LeafWiseGrower } from './leaf-wise.ts';
import { addTrees, treesOf } from './sum-trees.ts';
import { TreeList } from './tree-list.ts';

export const gradientBoosting: Estimator = {
  name: 'gradient_boosting',
  title: 'Gradient boosting',
  shortName: 'boosting',
  summary:
    'Trees that each correct the ones before, grown leaf by leaf over histograms of at most 255 bins; takes missing values as they are.',
  tasks: ['classification', 'regression'],
  baseline: false,
  stopsEarly: true,
  proposed: false,
  acceptsMissing: true,
  acceptsWeights: true,
  complexity: 60,
  parameters: boostingParameters,
  train: trainBoosting,
  emit: emitBoosting,
};

/** The training loss is measured on about so many rows. */
const LOSS_ROWS = 10_000;

/**
 * Histogram gradient boosting with the definitions of scikit-learn's HistGradientBoosting (bins, baseline, gains, leaf
 * values, missing values). It stops once the loss of the validation rows has had no new best for `patience`
 * iterations, and then keeps the trees up to the best one, as LightGBM does; scikit-learn keeps all.
 */
async function* trainBoosting(input: TrainingInput): Training {
  const { train, validation, parameters, random, signal } = input;
  const number = (name: string): number => numberOf(parameters, name);
  const breather = new Breather(signal);
  const machine = await startTreeMachine();
  const binned = binFeatures(machine, train.features, number('max_bins'), random.fork('bins'));
  await breather.breathe();
  const boosted = new Boosted(machine, binned, train, {
    maxLeaves: number('max_leaf_nodes'),
    maxDepth: number('max_depth'),
    leastRows: number('min_samples_leaf'),
    l2: number('l2_regularization'),
    learningRate: number('learning_rate'),
  });
  const { outputs } = boosted;
  const watched = new Watched(validation, boosted.baseline);
  const epochs = number('max_iter');
  const patience = number('patience');
  let best = { loss: Infinity, epoch: 0 };
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    for (let k = 0; k < outputs; k += 1) {
      boosted.addTree(k);
      await breather.breathe();
    }
    watched.add(boosted.trees, (epoch - 1) * outputs);
    const trainLoss = boosted.loss();
    const validationLoss = watched.loss();
    yield { epoch, epochs, trainLoss, validationLoss };
    if (validationLoss === null || patience === 0) continue;
    if (validationLoss < best.loss) best = { loss: validationLoss, epoch };
    if (epoch - best.epoch >= patience) break;
  }
  if (best.epoch > 0) boosted.trees.cut(best.epoch * outputs);
  return trained(boosted.trees.weights(boosted.baseline), train.task);
}

/** The trees so far, with the training rows' scores. */
class Boosted {
  readonly trees = new TreeList();
  readonly baseline: Float64Array;
  readonly #machine: TreeMachine;
  readonly #data: TrainingData;
  readonly #rows;
  readonly #loss;
  readonly #sums;
  readonly #grower: LeafWiseGrower;

  constructor(
    machine: TreeMachine,
    binned: BinnedFeatures,
    data: TrainingData,
    options: ConstructorParameters<typeof LeafWiseGrower>[2],
  ) {
    this.#machine = machine;
    this.#data = data;
    this.baseline = baselineOf(data);
    this.#rows = takeRows(machine, data, this.baseline);
    const lossOf = data.task === 'regression' ? squaredError : crossEntropy;
    this.#loss = lossOf(machine, this.#rows, this.baseline);
    this.#sums = machine.memory.take(this.#rows.stride * 2);
    this.#grower = new LeafWiseGrower(machine, binned, options);
  }

  get outputs(): number {
    return this.#loss.outputs;
  }

  /** Adds the next tree of one output; all trees of an iteration follow the same probabilities. */
  addTree(output: number): void {
    if (output === 0) this.#loss.prepare();
    const unit = this.#loss.gradients(output, this.#sums);
    const scores = this.#rows.scores + output * this.#rows.stride;
    for (const { rows, count, value } of this.#grower.grow(this.#sums, unit, this.trees)) {
      this.#machine.kernels.addToScores(rows, count, value, scores);
    }
  }

  /** Of every row, or of evenly spaced ones where there are many. */
  loss(): number {
    const { rows, stride, scores } = this.#rows;
    const own = this.#machine.memory.float64(scores, (stride / 8) * this.outputs);
    const score = (i: number, k: number): number => own[(k * stride) / 8 + i] ?? 0;
    return meanLoss(this.#data, this.outputs, score, Math.ceil(rows / LOSS_ROWS));
  }
}

/** The validation rows with their scores. */
class Watched {
  readonly #data: TrainingData;
  readonly #outputs: number;
  readonly #scores: Float64Array;

  constructor(data: TrainingData, baseline: Float64Array) {
    this.#data = data;
    this.#outputs = baseline.length;
    this.#scores = startScores(data.features.rows, baseline);
  }

  add(trees: TreeList, from: number): void {
    if (this.#scores.length === 0) return;
    addTrees(trees.treesFrom(from), this.#data.features, this.#scores, this.#outputs);
  }

  loss(): number | null {
    if (this.#scores.length === 0) return null;
    const score = (i: number, k: number): number => this.#scores[i * this.#outputs + k] ?? 0;
    return meanLoss(this.#data, this.#outputs, score);
  }
}

function startScores(rows: number, baseline: Float64Array): Float64Array {
  return Float64Array.from(
    { length: rows * baseline.length },
    (_, i) => baseline[i % baseline.length] ?? 0,
  );
}

function trained(weights: readonly WeightTensor[], task: Task): TrainedModel {
  return {
    weights,
    warnings: [],
    predict: (features) => Promise.resolve(Float32Array.from(answersOf(weights, task, features))),
    dispose: () => undefined,
  };
}

/** Scores [rows, 1], or probabilities [rows, classes]. */
function answersOf(
  weights: readonly WeightTensor[],
  task: Task,
  features: FeatureMatrix,
): Float64Array {
  const baseline = weightOfType(weights, 'baseline', Float64Array).values;
  const scores = startScores(features.rows, baseline);
  addTrees(treesOf(weights), features, scores, baseline.length);
  if (task === 'regression') return scores;
  if (baseline.length > 1) return softmaxRows(scores, baseline.length);
  const shares = new Float64Array(scores.length * 2);
  for (const [i, score] of scores.entries()) {
    const share = 1 / (1 + exp(-score));
    shares.set([1 - share, share], i * 2);
  }
  return shares;
}

function emitBoosting(graph: GraphBuilder, features: TensorName, model: EmittedModel): TensorName {
  const scores = emitTrees(graph, features, model);
  if (model.task === 'regression') return scores;
  if (model.outputs > 2) return graph.node('Softmax', [scores], { axis: 1 });
  const share = graph.node('Sigmoid', [scores]);
  const one = graph.constant(Float32Array.of(1), [1]);
  return graph.concat([graph.node('Sub', [one, share]), share]);
}
