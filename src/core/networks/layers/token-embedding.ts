import { sizeOf, type TokenEmbeddingLayer } from '#core/networks/layer.ts';
import type { LayerKind } from '#core/networks/layer-kind.ts';

/** Vectors start near 0, as Keras has them. */
const FIRST_LIMIT = 0.05;

/** A vector for each code but 0, [codes − 1, size]: that of code 1 comes first. */
export const tokenEmbedding: LayerKind<TokenEmbeddingLayer> = {
  outputShape: ({ size }, input) => [sizeOf(input), size],

  tensors: ({ codes, size }) => [
    {
      name: 'vectors',
      shape: [codes - 1, size],
      first: { limit: FIRST_LIMIT },
      trained: true,
      penalized: true,
    },
  ],

  emit(graph, input, { codes, size }, { input: shape, tensor }) {
    const { values, name } = tensor('vectors');
    const all = new Float32Array(codes * size);
    all.set(values, size);
    const table = graph.constant(all, [codes, size], name);
    const places = graph.node('Gather', [table, graph.cast(input, 'int64')]);
    const sizes = graph.constant(BigInt64Array.of(0n, BigInt(sizeOf(shape) * size)), [2], 'shape');
    return graph.node('Reshape', [places, sizes]);
  },
};
