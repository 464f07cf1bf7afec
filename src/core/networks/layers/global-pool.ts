import type { GlobalPoolLayer } from '#core/networks/layer.ts';
import type { LayerKind } from '#core/networks/layer-kind.ts';
import { sequenceOf } from '#core/networks/window.ts';

/** In the graph [N, channels, 1] comes of it, a sequence of one position. */
export const globalPool: LayerKind<GlobalPoolLayer> = {
  lies: 'sequences',

  outputShape(_, input) {
    const [, channels] = sequenceOf(input);
    return [channels];
  },

  tensors: () => [],

  emit: (graph, sequences, layer) =>
    graph.node(layer.function === 'max' ? 'GlobalMaxPool' : 'GlobalAveragePool', [sequences]),
};
