import { quantile } from '#core/features/statistics.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { numberOf, type ParameterSpec, type ParameterValues } from '#core/spec/parameters.ts';
import { weightOf, type WeightTensor } from '../weight-tensor.ts';

/** What every model of anomalies has: where its threshold lies. */
export const contaminationParameter: ParameterSpec = {
  name: 'contamination',
  label: 'Share of anomalies',
  kind: 'number',
  min: 0,
  max: 0.5,
  default: 0.05,
  help: 'Share of the training rows whose scores the threshold leaves above it.',
};

/** The threshold that leaves the wanted share of the training rows' scores above it. */
export function thresholdOf(
  scores: Float32Array,
  parameters: ParameterValues,
): WeightTensor<Float32Array> {
  const kept = 1 - numberOf(parameters, 'contamination');
  const threshold = quantile(Float64Array.from(scores).sort(), kept);
  return { name: 'score_threshold', shape: [1], values: Float32Array.of(threshold) };
}

/** The threshold before each row's score, [rows, 2]. */
export function besideThreshold(
  { values: [threshold = NaN] }: WeightTensor<Float32Array>,
  scores: Float32Array,
): Float32Array {
  const answers = new Float32Array(2 * scores.length).fill(threshold);
  for (const [i, score] of scores.entries()) answers[2 * i + 1] = score;
  return answers;
}

/**
 * Writes the same into the graph.
 * @param score float32 [N, 1]
 */
export function emitBesideThreshold(
  graph: GraphBuilder,
  score: TensorName,
  weights: readonly WeightTensor[],
): TensorName {
  const { values } = weightOf(weights, 'score_threshold');
  const threshold = graph.constant(values, [1, 1], 'threshold');
  return graph.concat([graph.node('Expand', [threshold, graph.node('Shape', [score])]), score]);
}
