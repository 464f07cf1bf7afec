import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { placesOf, type Shape, type TransformerBlockLayer } from '#core/networks/layer.ts';
import type { LayerKind, TrainedLayer } from '#core/networks/layer-kind.ts';
import { emitNorm, normTensors } from './layer-norm.ts';
import { biasPlan, emitProduct, kernelPlan } from './place-dense.ts';

/** The tanh form of GELU (Hendrycks and Gimpel, 2016): x ÷ 2 · (1 + tanh(√(2 ÷ π) · (x + 0.044715 x³))). */
export const GELU_FACTOR = 0.7978845608028654;
export const GELU_CUBE = 0.044715;

/** Places of masks that no layer's own are: a block has two, one behind attention and one behind its hidden layer. */
const FIRST_DROP = 1000;

/** The place of a block's mask in a step (`DropPlace.layer`). */
export function blockDropLayer(index: number, part: 0 | 1): number {
  return FIRST_DROP + 2 * index + part;
}

/** What is added to the scores of places that come later: none of them is looked at. */
export const LATER = -1e30;

/**
 * Normalization first (Radford and others, 2019): causal attention of several heads (Vaswani and others, 2017), whose
 * queries, keys and values have no bias, and a hidden layer.
 */
export const transformerBlock: LayerKind<TransformerBlockLayer> = {
  lies: 'places',
  outputShape: (_, input) => input,

  /** Shares of attention, queries, keys, values, what three products are of, and the hidden layer before and behind its activation. */
  keeps({ heads, hidden }, input) {
    const places = placesOf(input);
    return places * (heads * places + 6 * (input.at(-1) ?? 0) + 2 * hidden);
  },

  tensors({ hidden }, input) {
    const size = input.at(-1) ?? 0;
    return [
      ...normTensors(size, 'first_'),
      kernelPlan('query', size, size),
      kernelPlan('key', size, size),
      kernelPlan('value', size, size),
      kernelPlan('out', size, size),
      biasPlan('out_bias', size),
      ...normTensors(size, 'second_'),
      kernelPlan('up', size, hidden),
      biasPlan('up_bias', hidden),
      kernelPlan('down', hidden, size),
      biasPlan('down_bias', size),
    ];
  },

  emit(graph, input, layer, trained) {
    const { tensor } = trained;
    const first = emitNorm(graph, input, tensor('first_scale'), tensor('first_offset'));
    const seen = emitAttention(graph, first, layer, trained);
    const mixed = emitProduct(graph, seen, tensor('out'), tensor('out_bias'));
    const looked = graph.node('Add', [input, mixed]);
    const second = emitNorm(graph, looked, tensor('second_scale'), tensor('second_offset'));
    const up = emitProduct(graph, second, tensor('up'), tensor('up_bias'));
    const active = layer.activation === 'relu' ? graph.node('Relu', [up]) : emitGelu(graph, up);
    return graph.node('Add', [
      looked,
      emitProduct(graph, active, tensor('down'), tensor('down_bias')),
    ]);
  },
};

/** Heads side by side, [N, places, size]. */
function emitAttention(
  graph: GraphBuilder,
  input: TensorName,
  { heads }: TransformerBlockLayer,
  { input: shape, tensor }: TrainedLayer,
): TensorName {
  const [places, size] = [placesOf(shape), shape.at(-1) ?? 0];
  const own = size / heads;
  const reshaped = (given: TensorName, ...sizes: number[]): TensorName =>
    graph.node('Reshape', [
      given,
      graph.constant(BigInt64Array.from(sizes, BigInt), [sizes.length]),
    ]);
  /** [N, heads, places, own], or with the last two the other way round */
  const headsOf = (role: string, perm: readonly number[]): TensorName => {
    const all = emitProduct(graph, input, tensor(role));
    return graph.node('Transpose', [reshaped(all, 0, places, heads, own)], { perm });
  };
  const query = headsOf('query', [0, 2, 1, 3]);
  const key = headsOf('key', [0, 2, 3, 1]);
  const value = headsOf('value', [0, 2, 1, 3]);
  const scale = graph.constant(Float32Array.of(1 / Math.sqrt(own)), []);
  const scores = graph.node('Mul', [graph.node('MatMul', [query, key]), scale]);
  const mask = graph.constant(laterPlaces(shape), [places, places], 'later');
  const shares = graph.node('Softmax', [graph.node('Add', [scores, mask])], { axis: -1 });
  const seen = graph.node('MatMul', [shares, value]);
  return reshaped(graph.node('Transpose', [seen], { perm: [0, 2, 1, 3] }), 0, places, size);
}

/** [places, places]: what is added to the score that a place (row) has for another (column). */
export function laterPlaces(shape: Shape): Float32Array {
  const places = placesOf(shape);
  return Float32Array.from({ length: places * places }, (_, at) =>
    at % places > Math.floor(at / places) ? LATER : 0,
  );
}

function emitGelu(graph: GraphBuilder, x: TensorName): TensorName {
  const number = (value: number) => graph.constant(Float32Array.of(value), []);
  const square = graph.node('Mul', [x, x]);
  const cube = graph.node('Mul', [graph.node('Mul', [square, x]), number(GELU_CUBE)]);
  const inner = graph.node('Mul', [graph.node('Add', [x, cube]), number(GELU_FACTOR)]);
  const share = graph.node('Add', [graph.node('Tanh', [inner]), number(1)]);
  return graph.node('Mul', [graph.node('Mul', [x, number(0.5)]), share]);
}
