import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';

/**
 * The code before each place, int64 [M, width]; `characters` at the first, and where there is none.
 * @param texts float32 [M, width]
 */
export function emitCodesBefore(
  graph: GraphBuilder,
  texts: TensorName,
  width: number,
  characters: number,
): TensorName {
  const places = BigInt64Array.from({ length: width }, (_, place) =>
    BigInt((place + width - 1) % width),
  );
  const rolled = graph.node('Gather', [texts, graph.constant(places, [width])], { axis: 1 });
  const starts = Float32Array.from({ length: width }, (_, place) => (place === 0 ? NaN : 0));
  const before = graph.node('Add', [rolled, graph.constant(starts, [1, width])]);
  const start = graph.constant(Float32Array.of(characters), []);
  const isNone = graph.node('IsNaN', [before]);
  return graph.cast(graph.node('Where', [isNone, start, before]), 'int64');
}
