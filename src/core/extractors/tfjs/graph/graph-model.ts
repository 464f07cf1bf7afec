import type { GraphProto } from 'onnx-buf';
import { shown } from '../../refuse-extractor.ts';
import { inOrder } from '../in-order.ts';
import { Fields } from '../json-fields.ts';
import { NetworkWriter } from '../network-writer.ts';
import type { Weights } from '../read-weights.ts';
import type { Value } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';
import { GraphNode, nodeNamed } from './graph-node.ts';
import { operators } from './registry.ts';

const MOST_NODES = 50_000;

/**
 * The network of a GraphDef.
 * @param topology what `model.json` calls modelTopology
 * @param signature what it says of inputs and outputs, if anything
 * @throws TfjsFault where an operator is not taken, or the file is damaged
 */
export function graphModel(topology: unknown, signature: unknown, weights: Weights): GraphProto {
  const nodes = nodesOf(topology);
  const node = (name: string): GraphNode => {
    const found = nodes.get(name);
    if (found !== undefined) return found;
    throw new TfjsFault(`reads ${shown(name)}, which it has not`);
  };
  const writer = new NetworkWriter();
  const made = new Map<string, Value>();
  const outputs = outputsOf(nodes, signature);
  for (const name of inOrder(outputs, (key) => node(key).inputs)) {
    const inputs = node(name).inputs.flatMap((input) => made.get(input) ?? []);
    made.set(name, through(node(name), inputs, { writer, weights }));
  }
  const results = outputs.flatMap((name) => {
    const value = made.get(name);
    return value?.kind === 'tensor' ? [value] : [];
  });
  if (results.length === 0) throw new TfjsFault('gives nothing that depends on an image');
  return writer.finish('model', results);
}

function through(
  node: GraphNode,
  inputs: readonly Value[],
  { writer, weights }: { readonly writer: NetworkWriter; readonly weights: Weights },
): Value {
  const { name, op } = node;
  try {
    if (op === 'Placeholder') return writer.input(name, node.shape());
    if (op === 'Const') {
      const weight = weights.get(name);
      if (weight === undefined) throw new TfjsFault('has no values among the weights');
      return weight;
    }
    const write = operators.get(op);
    if (write === undefined) {
      throw new TfjsFault('is not taken', 'Choose another network, or give it as an ONNX file.');
    }
    const value = write({ writer, node, inputs });
    return value.kind === 'tensor' ? writer.label(value, name) : value;
  } catch (thrown) {
    if (!(thrown instanceof TfjsFault)) throw thrown;
    if (thrown.message.startsWith('is damaged')) throw thrown;
    throw new TfjsFault(
      `has a node ${shown(name)} (${op.slice(0, 60)}) that ${thrown.message}`,
      thrown.hint,
    );
  }
}

function nodesOf(topology: unknown): ReadonlyMap<string, GraphNode> {
  const list = new Fields(topology, 'modelTopology').list('node');
  if (list.length > MOST_NODES) throw new TfjsFault(`has ${list.length} nodes, too many to read`);
  const nodes = new Map<string, GraphNode>();
  for (const value of list) {
    const node = new GraphNode(value);
    if (nodes.has(node.name)) throw new TfjsFault(`has two nodes called ${shown(node.name)}`);
    nodes.set(node.name, node);
  }
  return nodes;
}

/** What the signature calls outputs; without one, what nothing reads. */
function outputsOf(nodes: ReadonlyMap<string, GraphNode>, signature: unknown): readonly string[] {
  const fields = signature === undefined ? undefined : new Fields(signature, 'signature');
  if (fields?.has('outputs') === true) {
    const outputs = fields.below('outputs');
    const names = outputs
      .names()
      .flatMap((name) => (outputs.has(name) ? nodeNamed(outputs.below(name).text('name')) : []));
    if (names.length > 0) return [...new Set(names)];
  }
  const read = new Set([...nodes.values()].flatMap(({ inputs }) => inputs));
  const last = [...nodes.values()].filter(
    ({ name, op }) => !read.has(name) && op !== 'Const' && op !== 'NoOp' && op !== 'Placeholder',
  );
  if (last.length > 0) return last.map(({ name }) => name);
  throw new TfjsFault('has no output');
}
