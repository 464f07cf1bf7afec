import { sampleRows } from '#core/data/profile/sample-rows.ts';
import { inputError } from '#core/errors.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import { pow } from '#core/math.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { Breather } from '#core/breather.ts';
import { numberOf } from '#core/spec/parameters.ts';
import type { EmittedModel, Estimator, Training, TrainingInput } from '../estimator.ts';
import { onlyEpoch } from '../only-epoch.ts';
import { weightOfType, type WeightTensor } from '../weight-tensor.ts';
import { emitTrees } from '../trees/emit-trees.ts';
import { addTrees, treesOf } from '../trees/sum-trees.ts';
import { TreeList } from '../trees/tree-list.ts';
import { growIsolationTree } from './isolation-tree.ts';
import { averagePathLength } from './path-length.ts';
import {
  besideThreshold,
  contaminationParameter,
  emitBesideThreshold,
  thresholdOf,
} from './score-threshold.ts';

/** Liu, Ting and Zhou, 2008; scikit-learn's IsolationForest, whose score_samples is this score with a minus sign. */
export const isolationForest: Estimator = {
  name: 'isolation_forest',
  title: 'Isolation forest',
  shortName: 'isolation forest',
  summary:
    'Cuts the rows apart at random: a row that a few cuts set apart from all others is unlike them. Its score is near 0.5 for ordinary rows and grows towards 1.',
  tasks: ['anomaly_detection'],
  answers: 'score',
  proposed: true,
  complexity: 40,
  parameters: [
    {
      name: 'n_estimators',
      label: 'Trees',
      kind: 'integer',
      min: 1,
      max: 1000,
      default: 100,
      help: 'More give steadier scores and a larger file.',
    },
    {
      name: 'max_samples',
      label: 'Rows of a tree',
      kind: 'integer',
      min: 2,
      max: 10_000,
      default: 256,
      help: 'Drawn for each tree without putting any back; all training rows where there are fewer.',
    },
    contaminationParameter,
  ],
  train: trainForest,
  emit: emitForest,
};

async function* trainForest(input: TrainingInput): Training {
  const { train, validation, parameters, random, signal } = input;
  const { features } = train;
  if (features.rows < 2) {
    throw inputError(
      'too_few_rows_to_part',
      `Isolation forest: of ${features.rows} training ${features.rows === 1 ? 'row' : 'rows'} none can be set apart from others.`,
      'Give more rows, or a larger share of them to training.',
    );
  }
  const count = numberOf(parameters, 'n_estimators');
  const samples = Math.min(numberOf(parameters, 'max_samples'), features.rows);
  const deepest = Math.max(1, 32 - Math.clz32(samples - 1));
  const trees = new TreeList();
  const breather = new Breather(signal);
  for (let tree = 0; tree < count; tree += 1) {
    await breather.breathe();
    const own = random.fork(`tree:${tree}`);
    growIsolationTree(trees, features, sampleRows(features.rows, samples, own), deepest, own);
  }
  const grown = [
    ...trees.weights(Float64Array.of(0)),
    { name: 'samples', shape: [1], values: Float64Array.of(samples) },
  ];
  const scores = scoresOf(features, grown);
  const threshold = thresholdOf(scores, parameters);
  yield await onlyEpoch(scores, scoresOf(validation.features, grown), meanOf);
  return {
    weights: [...grown, threshold],
    warnings: [],
    predict: (rows) => Promise.resolve(besideThreshold(threshold, scoresOf(rows, grown))),
    dispose: () => undefined,
  };
}

/** 2 to the minus mean depth over the mean path among as many rows as a tree had. */
function scoresOf(features: FeatureMatrix, weights: readonly WeightTensor[]): Float32Array {
  const depths = new Float64Array(features.rows);
  addTrees(treesOf(weights), features, depths, 1);
  const factor = exponentOf(weights);
  return Float32Array.from(depths, (depth) => pow(2, depth * factor));
}

/** What the sum of the depths is multiplied by: −1 ÷ (trees · mean path). */
function exponentOf(weights: readonly WeightTensor[]): number {
  const [samples = 2] = weightOfType(weights, 'samples', Float64Array).values;
  const count = weightOfType(weights, 'tree_start', Int32Array).values.length;
  return -1 / (count * averagePathLength(samples));
}

function emitForest(graph: GraphBuilder, features: TensorName, model: EmittedModel): TensorName {
  const { weights } = model;
  const depths = graph.cast(emitTrees(graph, features, model), 'float64');
  const factor = graph.constant(Float64Array.of(exponentOf(weights)), [1]);
  const two = graph.constant(Float64Array.of(2), [1]);
  const score = graph.cast(
    graph.node('Pow', [two, graph.node('Mul', [depths, factor])]),
    'float32',
  );
  return emitBesideThreshold(graph, score, weights);
}

function meanOf(scores: Float32Array): number | null {
  if (scores.length === 0) return null;
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
