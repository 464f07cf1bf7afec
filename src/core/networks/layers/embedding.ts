import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import {
  sizeOf,
  type CodedFeature,
  type EmbeddingLayer,
  type Shape,
} from '#core/networks/layer.ts';
import type { LayerKind, TensorPlan, TrainedLayer } from '#core/networks/layer-kind.ts';

/** Vectors start near 0, as Keras has them. */
const FIRST_LIMIT = 0.05;

/**
 * A vector for each code, [categories, size], and one for what is missing or unknown, [1, size]: that one starts at 0, and
 * stays there where no training row needs it.
 */
export const embedding: LayerKind<EmbeddingLayer> = {
  outputShape: (layer, input) => [
    layer.codes.reduce((width, { size }) => width + size, plainFeatures(layer, input).length),
  ],

  tensors: ({ codes }) =>
    codes.flatMap(({ categories, size }, k): readonly TensorPlan[] => {
      const own = { trained: true, penalized: true };
      return [
        { name: vectorsOf(k), shape: [categories, size], first: { limit: FIRST_LIMIT }, ...own },
        { name: otherOf(k), shape: [1, size], first: { fill: 0 }, ...own },
      ];
    }),

  emit(graph, input, layer, trained) {
    const plain = plainFeatures(layer, trained.input);
    const vectors = layer.codes.map((one, k) => emitVectors(graph, input, one, k, trained));
    if (plain.length === 0) return graph.concat(vectors);
    const places = graph.constant(BigInt64Array.from(plain, BigInt), [plain.length], 'plain');
    return graph.concat([graph.node('Gather', [input, places], { axis: 1 }), ...vectors]);
  },
};

/** The tensor of the k-th coded feature's vectors. */
export const vectorsOf = (k: number): string => `vectors_${k}`;
/** The tensor of its vector for what is missing or unknown. */
export const otherOf = (k: number): string => `other_${k}`;

/** The features that are no codes, in their order: they come first in what the layer gives. */
export function plainFeatures({ codes }: EmbeddingLayer, input: Shape): readonly number[] {
  const coded = new Set(codes.map(({ feature }) => feature));
  return Array.from({ length: sizeOf(input) }, (_, j) => j).filter((j) => !coded.has(j));
}

/** Codes that are not known, missing ones too, look up the last row. */
function emitVectors(
  graph: GraphBuilder,
  input: TensorName,
  { feature, categories }: CodedFeature,
  k: number,
  { tensor }: TrainedLayer,
): TensorName {
  const [known, other] = [tensor(vectorsOf(k)), tensor(otherOf(k))];
  const [, size = 0] = known.shape;
  const values = new Float32Array((categories + 1) * size);
  values.set(known.values);
  values.set(other.values, categories * size);
  const table = graph.constant(values, [categories + 1, size], known.name);
  const place = graph.constant(BigInt64Array.of(BigInt(feature)), []);
  const codes = graph.node('Gather', [input, place], { axis: 1 });
  const [first, end] = [0, categories].map((one) => graph.constant(Float32Array.of(one), []));
  if (first === undefined || end === undefined) throw new RangeError('no constants');
  const isKnown = graph.node('And', [
    graph.node('GreaterOrEqual', [codes, first]),
    graph.node('Less', [codes, end]),
  ]);
  const rows = graph.cast(graph.node('Where', [isKnown, codes, end]), 'int64');
  return graph.node('Gather', [table, rows]);
}
