import type { AttentionPoolLayer } from '#core/networks/layer.ts';
import type { LayerKind } from '#core/networks/layer-kind.ts';
import { sequenceOf } from '#core/networks/window.ts';

/** What a place of zeros has in the place of its score in the graph and in tfjs: e^ of it is 0. */
export const NO_SCORE = -1e30;

/** The query [size] starts uniform in ±√(6 ÷ (size + 1)), as a unit that reads `size` numbers. */
export const attentionPool: LayerKind<AttentionPoolLayer> = {
  outputShape(_, input) {
    const [, size] = sequenceOf(input);
    return [size];
  },

  tensors(_, input) {
    const [, size] = sequenceOf(input);
    const first = { limit: Math.sqrt(6 / (size + 1)) };
    return [{ name: 'query', shape: [size], first, trained: true, penalized: true }];
  },

  emit(graph, input, _, { input: shape, tensor }) {
    const [length, size] = sequenceOf(shape);
    const ints = (...values: number[]): string =>
      graph.constant(BigInt64Array.from(values, BigInt), [values.length]);
    const number = (value: number): string => graph.constant(Float32Array.of(value), []);
    const { values, name } = tensor('query');
    const query = graph.constant(values, [size, 1], name);
    const vectors = graph.node('Reshape', [input, ints(0, length, size)]);
    const largest = graph.node('ReduceMax', [graph.node('Abs', [vectors]), ints(2)]);
    const holds = graph.node('Greater', [largest, number(0)]);
    const scores = graph.node('MatMul', [vectors, query]);
    const told = graph.node('Where', [holds, scores, number(NO_SCORE)]);
    // Of a row of zeros alone all shares are equal, and of nothing.
    const shares = graph.node('Softmax', [told], { axis: 1 });
    const weighed = graph.node('Mul', [vectors, shares]);
    return graph.node('ReduceSum', [weighed, ints(1)], { keepdims: 0 });
  },
};
