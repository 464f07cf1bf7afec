import type { WeightTensor } from '#core/models/weight-tensor.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { LayerNormLayer } from '#core/networks/layer.ts';
import type { LayerKind, TensorPlan } from '#core/networks/layer-kind.ts';

/** What is added to a variance before its root. */
export const VARIANCE_FLOOR = 1e-5;

/** Layer normalization (Ba, Kiros and Hinton, 2016) over the numbers of each place, with PyTorch's constants. */
export const layerNorm: LayerKind<LayerNormLayer> = {
  lies: 'places',
  outputShape: (_, input) => input,
  tensors: (_, input) => normTensors(input.at(-1) ?? 0),
  emit: (graph, input, _, { tensor }) => emitNorm(graph, input, tensor('scale'), tensor('offset')),
};

/** @param prefix for a layer that has several */
export function normTensors(size: number, prefix = ''): readonly TensorPlan[] {
  const own = { shape: [size], trained: true, penalized: false };
  return [
    { ...own, name: `${prefix}scale`, first: { fill: 1 } },
    { ...own, name: `${prefix}offset`, first: { fill: 0 } },
  ];
}

export function emitNorm(
  graph: GraphBuilder,
  input: TensorName,
  ...tensors: readonly WeightTensor<Float32Array>[]
): TensorName {
  const constants = tensors.map(({ values, shape, name }) => graph.constant(values, shape, name));
  return graph.node('LayerNormalization', [input, ...constants], {
    axis: -1,
    epsilon: VARIANCE_FLOOR,
  });
}
