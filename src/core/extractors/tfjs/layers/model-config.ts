import { shown } from '../../refuse-extractor.ts';
import { Fields, isInteger, textOf } from '../json-fields.ts';
import { TfjsFault } from '../tfjs-fault.ts';

/** Where a layer reads from: which call of which layer, and which of its results. */
export interface Source {
  readonly layer: string;
  readonly call: number;
}

/** A layer of a model. */
export interface LayerConfig {
  readonly name: string;
  readonly className: string;
  readonly config: Fields;
  /** What each of its uses reads. */
  readonly calls: readonly (readonly Source[])[];
}

/** A model: layers, those that are its inputs, and what it gives. */
export interface ModelConfig {
  readonly layers: ReadonlyMap<string, LayerConfig>;
  readonly inputs: readonly string[];
  readonly outputs: readonly Source[];
}

/** Classes of layers that are models of their own. */
export const modelClasses: readonly string[] = ['Model', 'Functional', 'Sequential'];
const MOST_CALLS = 100_000;

/** @throws TfjsFault where it is no model of one of the classes */
export function modelConfig(className: string, value: unknown, where: string): ModelConfig {
  if (className === 'Sequential') return sequential(value, where);
  if (modelClasses.includes(className)) return functional(new Fields(value, where));
  throw new TfjsFault(`has a ${where} of the class ${shown(className)}, which is not taken`);
}

/** One layer after the other; old files have the list itself for a configuration. */
function sequential(value: unknown, where: string): ModelConfig {
  const list = Array.isArray(value) ? value : new Fields(value, where).list('layers');
  const layers = new Map<string, LayerConfig>();
  let before: string | undefined;
  for (const one of list) {
    const { name, className, config } = layerIn(one, where);
    addTo(layers, {
      ...{ name, className, config },
      calls: before === undefined ? [] : [[{ layer: before, call: 0 }]],
    });
    before = name;
  }
  const [first] = layers.keys();
  if (first === undefined || before === undefined)
    throw new TfjsFault(`has a ${where} of no layers`);
  return { layers, inputs: [first], outputs: [{ layer: before, call: 0 }] };
}

function functional(fields: Fields): ModelConfig {
  const layers = new Map<string, LayerConfig>();
  let count = 0;
  for (const one of fields.list('layers')) {
    const { name, className, config, more } = layerIn(one, fields.where);
    const calls = more.list('inbound_nodes').map((call) => sourcesOf(call, more.where));
    count += calls.reduce((sum, sources) => sum + 1 + sources.length, 0);
    if (count > MOST_CALLS) throw new TfjsFault(`has a ${fields.where} of too many layers`);
    addTo(layers, { name, className, config, calls });
  }
  const inputs = sourcesOf(fields.get('input_layers'), fields.where).map(({ layer }) => layer);
  const outputs = sourcesOf(fields.get('output_layers'), fields.where);
  if (inputs.length > 0 && outputs.length > 0) return { layers, inputs, outputs };
  throw new TfjsFault(`has a ${fields.where} without inputs or outputs`);
}

function addTo(layers: Map<string, LayerConfig>, layer: LayerConfig): void {
  if (layers.has(layer.name)) {
    throw new TfjsFault(`has two layers called ${shown(layer.name)}`);
  }
  layers.set(layer.name, layer);
}

function layerIn(value: unknown, where: string) {
  const outer = new Fields(value, `layer of its ${where}`);
  const className = outer.text('class_name');
  const isList = Array.isArray(outer.get('config'));
  const own = isList ? undefined : outer.below('config');
  const name = outer.text('name', own?.text('name', '') ?? '');
  const label = `layer ${shown(name)}`;
  const config = new Fields(isList ? { layers: outer.get('config') } : outer.get('config'), label);
  return { name, className, config, more: new Fields(value, label) };
}

/** `[["conv", 0, 0, {}], …]`, or one of these alone. */
function sourcesOf(value: unknown, where: string): readonly Source[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const isOne = typeof list[0] === 'string';
  return (isOne ? [list] : list).map((one) => {
    const parts: readonly unknown[] = Array.isArray(one) ? one : [];
    const [layer, call, place] = parts;
    const isSource = typeof layer === 'string' && isInteger(call, 0, MOST_CALLS) && place === 0;
    if (isSource) return { layer, call };
    throw new TfjsFault(
      `has a ${where} that reads ${textOf(one)}, and no layer by name and number`,
      'Save the model with Keras 2, or give it as an ONNX file.',
    );
  });
}
