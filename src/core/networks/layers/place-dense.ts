import type { WeightTensor } from '#core/models/weight-tensor.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { PlaceDenseLayer } from '#core/networks/layer.ts';
import { placesOf } from '#core/networks/layer.ts';
import type { LayerKind, TensorPlan } from '#core/networks/layer-kind.ts';

/** The kernel starts uniform in ±√(6 ÷ (inputs + units)) (Glorot and Bengio, 2010), the bias at 0. */
export const placeDense: LayerKind<PlaceDenseLayer> = {
  lies: 'places',
  outputShape: ({ units }, input) => [placesOf(input), units],
  tensors: ({ units }, input) => [
    kernelPlan('kernel', input.at(-1) ?? 0, units),
    biasPlan('bias', units),
  ],
  emit: (graph, input, _, { tensor }) =>
    emitProduct(graph, input, tensor('kernel'), tensor('bias')),
};

export function kernelPlan(name: string, inputs: number, units: number): TensorPlan {
  const first = { limit: Math.sqrt(6 / (inputs + units)) };
  return { name, shape: [inputs, units], first, trained: true, penalized: true };
}

export function biasPlan(name: string, units: number): TensorPlan {
  return { name, shape: [units], first: { fill: 0 }, trained: true, penalized: false };
}

/** [N, places, inputs] · kernel + bias */
export function emitProduct(
  graph: GraphBuilder,
  input: TensorName,
  kernel: WeightTensor<Float32Array>,
  bias?: WeightTensor<Float32Array>,
): TensorName {
  const constant = ({ values, shape, name }: WeightTensor<Float32Array>): TensorName =>
    graph.constant(values, shape, name);
  const product = graph.node('MatMul', [input, constant(kernel)]);
  return bias === undefined ? product : graph.node('Add', [product, constant(bias)]);
}
