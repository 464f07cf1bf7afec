import { exp, ln } from '#core/math.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { TargetScale } from './estimator.ts';
import { weightOfType, type WeightTensor } from './weight-tensor.ts';

/** e to this power is the most deviations that an answer may be away: beyond, float32 has no numbers. */
const LARGEST_POWER = 87;
const NAME = 'target_scale';
export const NOT_STANDARDIZED: TargetScale = { mean: 0, standardDeviation: 1 };

/** What a model keeps whose score is the logarithm of the target in its own unit. */
export function logLinkWeight({ mean, standardDeviation }: TargetScale): WeightTensor {
  const most = ln(standardDeviation) + LARGEST_POWER;
  return { name: NAME, shape: [3], values: Float64Array.of(mean, standardDeviation, most) };
}

export function hasLogLink(weights: readonly WeightTensor[]): boolean {
  return weights.some(({ name }) => name === NAME);
}

/** Scores to standardized answers: (exp(score) − mean) ÷ deviation. */
export function answersOfLogs(scores: Float64Array, weights: readonly WeightTensor[]) {
  const [mean = 0, standardDeviation = 1, most = 0] = scaleOf(weights);
  return scores.map((score) => (exp(Math.min(score, most)) - mean) / standardDeviation);
}

/** Writes the same. @param scores float64 [N, 1] @returns float32 [N, 1] */
export function emitAnswersOfLogs(
  graph: GraphBuilder,
  scores: TensorName,
  weights: readonly WeightTensor[],
): TensorName {
  const [mean = 0, standardDeviation = 1, most = 0] = scaleOf(weights);
  const constant = (value: number): TensorName => graph.constant(Float64Array.of(value), [1]);
  const score = graph.node('Min', [scores, constant(most)]);
  const below = graph.node('Sub', [constant(mean), graph.node('Exp', [score])]);
  return graph.cast(graph.node('Div', [below, constant(-standardDeviation)]), 'float32');
}

function scaleOf(weights: readonly WeightTensor[]): Float64Array {
  return weightOfType(weights, NAME, Float64Array).values;
}
