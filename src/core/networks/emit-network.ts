import { weightOf, type WeightTensor } from '#core/models/weight-tensor.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { sizeOf, type Shape } from './layer.ts';
import type { GraphForm } from './layer-kind.ts';
import type { NetworkPlan } from './network-plan.ts';
import { placeLayers } from './place-layers.ts';
import { kindOf } from './registry.ts';
import { imageOf, sequenceOf } from './window.ts';

/** How axes move from rows as they lie here to ONNX's order, and back. */
const CHANNELS_FIRST = { images: [0, 3, 1, 2], sequences: [0, 2, 1] };
const CHANNELS_LAST = { images: [0, 2, 3, 1], sequences: [0, 2, 1] };

/** Rows in the graph, and how they lie there. */
interface Emitted {
  readonly tensor: TensorName;
  readonly form: GraphForm;
}

/**
 * Writes a trained network into the graph.
 * @param features float32 [N, numbers of a row]
 * @returns probabilities float32 [N, outputs], or standardized values float32 [N, 1]
 */
export function emitNetwork(
  graph: GraphBuilder,
  features: TensorName,
  plan: NetworkPlan,
  weights: readonly WeightTensor[],
): TensorName {
  const last = emitLayers(graph, features, plan, weights);
  const output = laid(graph, last, [plan.outputs], 'rows').tensor;
  return plan.task === 'classification' ? graph.node('Softmax', [output], { axis: 1 }) : output;
}

/**
 * Writes a network that continues texts.
 * @param texts float32 [N, places], codes of characters
 * @returns logits float32 [N, places, outputs]
 */
export function emitPlaces(
  graph: GraphBuilder,
  texts: TensorName,
  plan: NetworkPlan,
  weights: readonly WeightTensor[],
): TensorName {
  const { tensor, form } = emitLayers(graph, texts, plan, weights);
  if (form !== 'places') throw new RangeError('the network ends in no places');
  return tensor;
}

function emitLayers(
  graph: GraphBuilder,
  features: TensorName,
  plan: NetworkPlan,
  weights: readonly WeightTensor[],
): Emitted {
  const start: Emitted = { tensor: features, form: 'rows' };
  return placeLayers(plan).reduce((current, { layer, input, tensors }) => {
    const named = new Map(tensors.map(({ role, name }) => [role, name]));
    const tensor = (role: string): WeightTensor<Float32Array> =>
      weightOf(weights, named.get(role) ?? role);
    const { lies = 'rows', gives } = kindOf(layer);
    const given = lies === 'any' ? current : laid(graph, current, input, lies);
    const trained = { form: given.form, input, tensor };
    const made = kindOf(layer).emit(graph, given.tensor, layer, trained);
    return { tensor: made, form: gives ?? given.form };
  }, start);
}

/** Rows of a shape, brought into another form. A size of 0 stands for the rows' own number. */
function laid(graph: GraphBuilder, given: Emitted, shape: Shape, form: GraphForm): Emitted {
  if (given.form === form) return given;
  if (given.form === 'places' || form === 'places') {
    throw new RangeError(`there is no way from ${given.form} to ${form}`);
  }
  const reshape = (tensor: TensorName, ...sizes: number[]): TensorName => {
    const constant = BigInt64Array.from(sizes, BigInt);
    return graph.node('Reshape', [tensor, graph.constant(constant, [sizes.length], 'shape')]);
  };
  if (given.form !== 'rows') {
    const last = graph.node('Transpose', [given.tensor], { perm: CHANNELS_LAST[given.form] });
    const rows: Emitted = { tensor: reshape(last, 0, sizeOf(shape)), form: 'rows' };
    return laid(graph, rows, shape, form);
  }
  if (form === 'rows') return given;
  const sizes = form === 'images' ? imageOf(shape) : sequenceOf(shape);
  const places = reshape(given.tensor, 0, ...sizes);
  return { tensor: graph.node('Transpose', [places], { perm: CHANNELS_FIRST[form] }), form };
}
