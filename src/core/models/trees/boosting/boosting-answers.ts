import type { FeatureMatrix } from '#core/features/matrix.ts';
import { exp } from '#core/math.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { Task } from '#core/spec/spec.ts';
import type { EmittedModel } from '#core/models/estimator.ts';
import { weightOfType, type WeightTensor } from '#core/models/weight-tensor.ts';
import { softmaxRows } from '#core/models/linear/linear-model.ts';
import { answersOfLogs, emitAnswersOfLogs, hasLogLink } from '#core/models/log-link.ts';
import { startScores } from './boosted.ts';
import { emitTrees } from '../emit-trees.ts';
import { addTrees, treesOf } from '../sum-trees.ts';

/** What scores mean: values [rows, 1], standardized, or probabilities [rows, classes]; of a ranking themselves. */
export function boostingAnswers(
  weights: readonly WeightTensor[],
  task: Task,
  features: FeatureMatrix,
): Float64Array {
  const baseline = weightOfType(weights, 'baseline', Float64Array).values;
  const scores = startScores(features.rows, baseline);
  addTrees(treesOf(weights), features, scores, baseline.length);
  if (hasLogLink(weights)) return answersOfLogs(scores, weights);
  if (task !== 'classification') return scores;
  if (baseline.length > 1) return softmaxRows(scores, baseline.length);
  const shares = new Float64Array(scores.length * 2);
  for (const [i, score] of scores.entries()) {
    const share = 1 / (1 + exp(-score));
    shares.set([1 - share, share], i * 2);
  }
  return shares;
}

export function emitBoosting(
  graph: GraphBuilder,
  features: TensorName,
  model: EmittedModel,
): TensorName {
  const { weights, task, outputs } = model;
  if (hasLogLink(weights)) {
    const baseline = weightOfType(weights, 'baseline', Float64Array).values;
    // The logarithm of a target far from 0 has no room in float32 beside the small steps of the trees.
    const steps = emitTrees(graph, features, model, new Float64Array(1));
    const start = graph.constant(baseline, [1]);
    const scores = graph.node('Add', [graph.cast(steps, 'float64'), start]);
    return emitAnswersOfLogs(graph, scores, weights);
  }
  const scores = emitTrees(graph, features, model);
  if (task !== 'classification') return scores;
  if (outputs > 2) return graph.node('Softmax', [scores], { axis: 1 });
  const share = graph.node('Sigmoid', [scores]);
  const one = graph.constant(Float32Array.of(1), [1]);
  return graph.concat([graph.node('Sub', [one, share]), share]);
}
