import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';

/** Past the end of any axis. */
const THE_END = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Writes what `answersOf` says of texts, and of the same texts moved on, into the graph: both go through the model at once.
 * @param features float32 [N, width], codes with NaN behind the end
 * @param logitsOf writes the model: float32 [M, width] → [M, width, characters]
 * @returns float32 [N, characters + 1]
 */
export function emitNextCharacter(
  graph: GraphBuilder,
  features: TensorName,
  { width, characters }: { readonly width: number; readonly characters: number },
  logitsOf: (texts: TensorName) => TensorName,
): TensorName {
  const int = (value: number | bigint) => graph.constant(BigInt64Array.of(BigInt(value)), []);
  const ints = (...values: (number | bigint)[]) =>
    graph.constant(BigInt64Array.from(values, BigInt), [values.length]);
  const number = (value: number) => graph.constant(Float32Array.of(value), []);

  const isThere = graph.node('Not', [graph.node('IsNaN', [features])]);
  const length = graph.node('ReduceSum', [graph.cast(isThere, 'int64'), ints(1)], { keepdims: 1 });
  const isFull = graph.node('Equal', [length, int(width)]);
  const places = Array.from({ length: width }, (_, place) => place);
  const next = graph.node('Gather', [features, ints(...places.slice(1), 0)], { axis: 1 });
  const ends = Float32Array.from(places, (place) => (place === width - 1 ? NaN : 0));
  const cleared = graph.node('Add', [next, graph.constant(ends, [1, width])]);
  const moved = graph.node('Where', [isFull, cleared, features]);

  const both = graph.node('Concat', [features, moved], { axis: 0 });
  const logs = graph.node('LogSoftmax', [logitsOf(both)], { axis: 2 });
  const rows = graph.node('Slice', [graph.node('Shape', [features]), ints(0), ints(1)]);
  const own = graph.node('Slice', [logs, ints(0), rows, ints(0)]);
  const after = graph.node('Slice', [logs, rows, ints(THE_END), ints(0)]);

  const codes = graph.cast(graph.node('Where', [isThere, features, number(0)]), 'int64');
  const chosen = graph.node('Unsqueeze', [codes, ints(2)]);
  const found = graph.node('GatherElements', [own, chosen], { axis: 2 });
  const each = graph.node('Squeeze', [found, ints(2)]);
  const counted = graph.node('Where', [isThere, each, number(0)]);
  const sum = graph.node('ReduceSum', [counted, ints(1)], { keepdims: 1 });
  const least = graph.node('Max', [length, int(1)]);
  const mean = graph.node('Div', [sum, graph.cast(least, 'float32')]);
  const nats = graph.node('Neg', [mean]);

  const free = graph.node('Min', [length, int(width - 1)]);
  const shape = graph.node('Concat', [rows, ints(1, characters)], { axis: 0 });
  const at = graph.node('Expand', [graph.node('Unsqueeze', [free, ints(2)]), shape]);
  const last = graph.node('Squeeze', [
    graph.node('GatherElements', [after, at], { axis: 1 }),
    ints(1),
  ]);
  return graph.concat([graph.node('Exp', [last]), nats]);
}
