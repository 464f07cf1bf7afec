import type { WeightTensor } from '#core/models/weight-tensor.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { sizeOf, type GruLayer } from '#core/networks/layer.ts';
import type { LayerKind } from '#core/networks/layer-kind.ts';
import { sequenceOf } from '#core/networks/window.ts';

/** Groups of numbers that a kernel gives of each position: update, reset and candidate, as ONNX orders them. */
const GATES = 3;

/**
 * From position to position a state of so many numbers, all 0 at first:
 *
 *     update    = σ(input · kernel + bias + state · state_kernel)
 *     reset     = the same with numbers of its own
 *     candidate = tanh(input · kernel + bias + reset · (state · state_kernel + state_bias))
 *     state     = (1 − update) · candidate + update · state
 *
 * as PyTorch and ONNX (`linear_before_reset`) have it, but without the two biases that would be added to others. Kernels
 * are [inputs, 3, units]. All start uniform in ±1 ÷ √units, as in PyTorch.
 */
export const gru: LayerKind<GruLayer> = {
  outputShape({ units, gives }, input) {
    const [length] = sequenceOf(input);
    return gives === 'all' ? [length, units] : [units];
  },

  /** Its gates and its state, of each position. */
  keeps({ units }, input) {
    const [length] = sequenceOf(input);
    return length * (GATES + 1) * units;
  },

  tensors({ units }, input) {
    const [, channels] = sequenceOf(input);
    const own = { first: { limit: 1 / Math.sqrt(units) }, trained: true };
    return [
      { ...own, name: 'kernel', shape: [channels, GATES, units], penalized: true },
      { ...own, name: 'state_kernel', shape: [units, GATES, units], penalized: true },
      { ...own, name: 'bias', shape: [GATES, units], penalized: false },
      { ...own, name: 'state_bias', shape: [units], penalized: false },
    ];
  },

  emit(graph, rows, { units, gives }, { input, tensor }) {
    const [length, channels] = sequenceOf(input);
    const positions = graph.node('Transpose', [reshaped(graph, rows, 0, length, channels)], {
      perm: [1, 0, 2],
    });
    const [kernel, stateKernel] = [tensor('kernel'), tensor('state_kernel')];
    const biases = new Float32Array(2 * GATES * units);
    biases.set(tensor('bias').values);
    biases.set(tensor('state_bias').values, (2 * GATES - 1) * units);
    const states = graph.node(
      'GRU',
      [
        positions,
        graph.constant(unitsFirst(kernel), [1, GATES * units, channels], kernel.name),
        graph.constant(unitsFirst(stateKernel), [1, GATES * units, units], stateKernel.name),
        graph.constant(biases, [1, 2 * GATES * units], tensor('bias').name),
      ],
      { hidden_size: units, linear_before_reset: 1 },
    );
    if (gives === 'all') {
      const rowsFirst = graph.node('Transpose', [states], { perm: [2, 0, 1, 3] });
      return reshaped(graph, rowsFirst, 0, length * units);
    }
    const last = graph.constant(BigInt64Array.of(BigInt(length - 1)), []);
    return reshaped(graph, graph.node('Gather', [states, last], { axis: 0 }), -1, units);
  },
};

function reshaped(graph: GraphBuilder, tensor: TensorName, ...sizes: number[]): TensorName {
  const shape = graph.constant(BigInt64Array.from(sizes, BigInt), [sizes.length], 'shape');
  return graph.node('Reshape', [tensor, shape]);
}

/** [inputs, 3, units] as ONNX has it: [3 · units, inputs]. */
function unitsFirst({ shape, values }: WeightTensor<Float32Array>): Float32Array {
  const [inputs = 0, ...rest] = shape;
  const width = sizeOf(rest);
  return Float32Array.from(
    values,
    (_, at) => values[(at % inputs) * width + Math.floor(at / inputs)] ?? 0,
  );
}
