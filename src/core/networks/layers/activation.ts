import type { ActivationLayer } from '#core/networks/layer.ts';
import type { LayerKind } from '#core/networks/layer-kind.ts';

export const activation: LayerKind<ActivationLayer> = {
  outputShape: (_, input) => input,
  tensors: () => [],
  lies: 'any',
  emit: (graph, input, layer) => graph.node(layer.function === 'relu' ? 'Relu' : 'Tanh', [input]),
};
