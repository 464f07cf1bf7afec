import { weightOf, type WeightTensor } from '#core/models/estimator.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { NetworkPlan } from './network-plan.ts';
import { placeLayers } from './place-layers.ts';
import { kindOf } from './registry.ts';

/**
 * Writes a trained network into the graph.
 * @param features float32 [N, numbers of a row]
 * @returns probabilities float32 [N, outputs], or standardized values float32 [N, 1]
 */
export function emitNetwork(
  graph: GraphBuilder,
  features: TensorName,
  plan: NetworkPlan,
  weights: readonly WeightTensor[],
): TensorName {
  const output = placeLayers(plan).reduce((current, { layer, input, tensors }) => {
    const named = new Map(tensors.map(({ role, name }) => [role, name]));
    const tensor = (role: string): WeightTensor<Float32Array> =>
      weightOf(weights, named.get(role) ?? role);
    return kindOf(layer).emit(graph, current, layer, { input, tensor });
  }, features);
  return plan.task === 'classification' ? graph.node('Softmax', [output], { axis: 1 }) : output;
}
