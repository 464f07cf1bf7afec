import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';

/** One number per column, float64 [1, columns], which a tensor [N, columns] is combined with. */
export function rowConstant(
  graph: GraphBuilder,
  numbers: readonly number[],
  hint?: string,
): TensorName {
  return graph.constant(Float64Array.from(numbers), [1, numbers.length], hint);
}

/** The columns of these indexes, in their order: [N, columns.length]. */
export function takeColumns(
  graph: GraphBuilder,
  tensor: TensorName,
  columns: readonly number[],
): TensorName {
  const indexes = graph.constant(BigInt64Array.from(columns, BigInt), [columns.length]);
  return graph.node('Gather', [tensor, indexes], { axis: 1 });
}
