import type { GraphProto } from 'onnx-buf';
import { shown } from '../../refuse-extractor.ts';
import { inOrder } from '../in-order.ts';
import { Fields, isInteger, MOST_INTEGER } from '../json-fields.ts';
import { NetworkWriter } from '../network-writer.ts';
import type { Weights } from '../read-weights.ts';
import type { Size, Tensor } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';
import { layerWeights, type LayerWeight } from './layer-weights.ts';
import { modelClasses, modelConfig, type LayerConfig, type ModelConfig } from './model-config.ts';
import { layers as known } from './registry.ts';

/** Models that stand in models. */
const MOST_DEPTH = 16;
/** Layers, each counted as often as it is used: models that are used within models multiply. */
const MOST_USES = 5000;

interface Around {
  readonly writer: NetworkWriter;
  readonly weight: LayerWeight;
  readonly depth: number;
  readonly uses: { count: number };
}

/**
 * The network of a model of Keras's layers.
 * @param topology what `model.json` calls modelTopology
 * @throws TfjsFault where a layer is not taken, or the file is damaged
 */
export function layersModel(topology: unknown, weights: Weights): GraphProto {
  const outer = new Fields(topology, 'modelTopology');
  const fields = outer.has('model_config') ? outer.below('model_config') : outer;
  const writer = new NetworkWriter();
  const around = { writer, weight: layerWeights(weights), depth: 0, uses: { count: 0 } };
  const model = modelConfig(fields.text('class_name'), fields.get('config'), 'model');
  const inputs = model.inputs.map((name) => inputOf(model.layers.get(name), name, around));
  return writer.finish('model', throughModel(model, inputs, around));
}

/** An input with its layer's name, or made for the first layer of a Sequential that has none. */
function inputOf(layer: LayerConfig | undefined, name: string, around: Around): Tensor {
  if (layer === undefined) throw new TfjsFault(`has an input ${shown(name)} that is no layer`);
  const { config, className } = layer;
  const isModel = modelClasses.includes(className) && !config.has('batch_input_shape');
  if (isModel && around.depth < MOST_DEPTH) {
    const inner = modelConfig(className, configValue(config), `model ${shown(name)}`);
    const [first = ''] = inner.inputs;
    return inputOf(inner.layers.get(first), first, { ...around, depth: around.depth + 1 });
  }
  const shape = config.has('batch_input_shape') ? config : undefined;
  const sizes = (shape?.list('batch_input_shape') ?? []).map((size): Size => {
    if (size === null || isInteger(size, 1, MOST_INTEGER)) return size;
    throw new TfjsFault(`has an input ${shown(name)} with a side that is no whole number`);
  });
  if (sizes.length === 0) throw new TfjsFault(`has an input ${shown(name)} without a shape`);
  return around.writer.input(className === 'InputLayer' ? name : `${name}_input`, sizes);
}

function configValue(config: Fields): unknown {
  return Object.fromEntries(config.names().map((name) => [name, config.get(name)]));
}

/** What a model gives for some inputs. */
function throughModel(
  { layers, inputs, outputs }: ModelConfig,
  given: readonly Tensor[],
  around: Around,
): readonly Tensor[] {
  if (inputs.length !== given.length) {
    throw new TfjsFault(`reads ${given.length} tensors, and should read ${inputs.length}`);
  }
  const made = new Map<string, Tensor>();
  const shift = callShifts({ layers, outputs });
  const keyOf = ({ layer, call }: { readonly layer: string; readonly call: number }) =>
    `${call - (shift.get(layer) ?? 0)} ${layer}`;
  const place = (key: string) => {
    const at = key.indexOf(' ');
    const layer = layers.get(key.slice(at + 1));
    const call = Number(key.slice(0, at));
    const isInput = layer !== undefined && inputs.includes(layer.name) && call === 0;
    const sources = isInput && layer.calls.length === 0 ? [] : layer?.calls[call];
    if (layer !== undefined && sources !== undefined) return { layer, sources };
    throw new TfjsFault(`reads the layer ${shown(key.slice(at + 1))}, which it has not`);
  };
  const needs = (key: string) => place(key).sources.map(keyOf);
  for (const key of inOrder(outputs.map(keyOf), needs)) {
    const { layer, sources } = place(key);
    const at = inputs.indexOf(layer.name);
    const read =
      at >= 0 && sources.length === 0
        ? given.slice(at, at + 1)
        : sources.flatMap((source) => made.get(keyOf(source)) ?? []);
    made.set(key, throughLayer(layer, read, around));
  }
  return outputs.flatMap((source) => made.get(keyOf(source)) ?? []);
}

function throughLayer(layer: LayerConfig, inputs: readonly Tensor[], around: Around): Tensor {
  const { name, className, config } = layer;
  const { writer, depth, uses } = around;
  uses.count += 1;
  if (uses.count > MOST_USES) throw new TfjsFault(`uses more than ${MOST_USES} layers`);
  if (className === 'InputLayer') {
    const [only] = inputs;
    if (only === undefined) throw new TfjsFault(`has an input ${shown(name)} that nothing feeds`);
    return only;
  }
  if (modelClasses.includes(className)) {
    if (depth >= MOST_DEPTH)
      throw new TfjsFault(`has models in models, more than ${MOST_DEPTH} deep`);
    const inner = modelConfig(className, configValue(config), `model ${shown(name)}`);
    const [made] = throughModel(inner, inputs, { ...around, depth: depth + 1 });
    if (made === undefined) throw new TfjsFault(`has a model ${shown(name)} that gives nothing`);
    return made;
  }
  const write = known.get(className);
  if (write === undefined) {
    throw new TfjsFault(
      `has the layer ${shown(name)} of the class ${shown(className)}, which is not taken`,
      'Choose another network, or give it as an ONNX file.',
    );
  }
  try {
    const weight = (which: string) => around.weight(name, which);
    return writer.label(write({ writer, config, inputs, weight }), name);
  } catch (thrown) {
    if (!(thrown instanceof TfjsFault) || thrown.message.includes(shown(name))) throw thrown;
    throw new TfjsFault(
      `has a layer ${shown(name)} (${className}) that ${thrown.message}`,
      thrown.hint,
    );
  }
}

/**
 * By how many the calls of a layer are counted from. Keras counts a model's own making as its first call and does not
 * write it down, so that a reader of its one call names the second.
 */
function callShifts({
  layers,
  outputs,
}: Pick<ModelConfig, 'layers' | 'outputs'>): ReadonlyMap<string, number> {
  const shifts = new Map<string, number>();
  const read = [...outputs, ...[...layers.values()].flatMap(({ calls }) => calls.flat())];
  for (const { layer: name, call } of read) {
    const layer = layers.get(name);
    const isModel = layer !== undefined && modelClasses.includes(layer.className);
    if (isModel && call > 0 && call === layer.calls.length) shifts.set(name, 1);
  }
  return shifts;
}
