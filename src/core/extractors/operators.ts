import type { NodeProto } from 'onnx-buf';
import { attributeOf, changedNode, integersOf } from './node-parts.ts';

/** The operator sets that an extractor may be written in; our own graphs are written in the last. */
export const OLDEST_OPSET = 7;
export const NEWEST_OPSET = 21;

/** Keeps a constant beside the network, and gives the name of its tensor. */
export type KeepConstant = (data: BigInt64Array | Float32Array, dims: readonly number[]) => string;

/** A reason why a node cannot be taken, completing "has a node NAME that …". */
export class NodeFault extends Error {}

type Adapt = (node: NodeProto, opset: number, keep: KeepConstant) => NodeProto;

interface Operator {
  /** The operator set from which on it means what it means in ours. */
  readonly since: number;
  /** Writes an older form of it as ours has it. */
  readonly adapt?: Adapt;
}

/** From a version on it reads as an input what was an attribute before. */
function fromAttribute(name: string, version: number, place = 1): Adapt {
  return (node, opset, keep) => {
    const values = opset < version ? integersOf(node, name) : undefined;
    if (values === undefined) return node;
    const tensor = keep(BigInt64Array.from(values), [values.length]);
    const input = [...node.input.slice(0, place), tensor];
    return changedNode(node, { input, without: [name] });
  };
}

const clip: Adapt = (node, opset, keep) => {
  if (opset >= 11) return node;
  const bound = (name: string): string => {
    const attribute = attributeOf(node, name);
    return attribute === undefined ? '' : keep(Float32Array.of(attribute.f), []);
  };
  const input = [...node.input.slice(0, 1), bound('min'), bound('max')];
  return changedNode(node, { input, without: ['min', 'max'] });
};

const pad: Adapt = (node, opset, keep) => {
  const pads = opset < 11 ? integersOf(node, 'pads') : undefined;
  if (pads === undefined) return node;
  const value = keep(Float32Array.of(attributeOf(node, 'value')?.f ?? 0), []);
  const input = [...node.input.slice(0, 1), keep(BigInt64Array.from(pads), [pads.length]), value];
  return changedNode(node, { input, without: ['pads', 'value'] });
};

const split: Adapt = (node, opset, keep) => {
  const adapted = fromAttribute('split', 13)(node, opset, keep);
  const isEqual = opset < 18 && adapted.input.length < 2;
  return isEqual
    ? changedNode(adapted, { integers: { num_outputs: node.output.length } })
    : adapted;
};

/** Nothing is dropped where nothing is trained. */
const dropout: Adapt = (node) =>
  changedNode(node, {
    ...{ opType: 'Identity', input: node.input.slice(0, 1), output: node.output.slice(0, 1) },
    without: ['ratio', 'seed', 'is_test'],
  });

const batchNormalization: Adapt = (node) => {
  const isTraining = attributeOf(node, 'training_mode')?.i === 1n;
  if (isTraining || attributeOf(node, 'spatial')?.i === 0n) {
    throw new NodeFault(
      isTraining ? 'is in training mode' : 'normalizes each place by itself, which was given up',
    );
  }
  const without = ['spatial', 'training_mode', 'momentum'];
  return changedNode(node, { output: node.output.slice(0, 1), without });
};

const since = (version: number, ...names: readonly string[]): [string, Operator][] =>
  names.map((name) => [name, { since: version }]);
const adapted = (adapt: Adapt, version: number, ...names: string[]): [string, Operator][] =>
  names.map((name) => [name, { since: version, adapt }]);

/**
 * The operators that an extractor may have: those of networks for images that onnxruntime's wasm build runs in float32,
 * and that an older operator set means as ours does, or can be written as ours. After the changes that
 * onnx/docs/Changelog.md lists of each.
 */
export const operators: ReadonlyMap<string, Operator> = new Map([
  ...since(1, 'Conv', 'ConvTranspose', 'MaxPool', 'GlobalAveragePool', 'GlobalMaxPool', 'LRN'),
  ...since(1, 'LpNormalization', 'Identity', 'Constant', 'Transpose', 'Flatten', 'Shape'),
  ...since(1, 'Gather', 'DepthToSpace', 'SpaceToDepth', 'Softplus', 'Softsign', 'MatMul', 'Cast'),
  ...since(4, 'Concat'),
  ...since(5, 'Reshape'),
  ...since(6, 'Relu', 'LeakyRelu', 'Elu', 'Selu', 'Sigmoid', 'HardSigmoid', 'Tanh', 'Sqrt', 'Exp'),
  ...since(6, 'Log', 'Neg', 'Abs', 'Reciprocal', 'Floor', 'Ceil', 'InstanceNormalization', 'Tile'),
  ...since(7, 'Add', 'Sub', 'Mul', 'Div', 'Pow', 'PRelu', 'AveragePool', 'Gemm', 'Equal'),
  ...since(8, 'Sum', 'Mean', 'Min', 'Max', 'Expand'),
  ...since(9, 'Erf', 'Where', 'ConstantOfShape'),
  ...since(10, 'Slice', 'ThresholdedRelu'),
  ...since(12, 'Celu', 'Einsum'),
  ...since(13, 'Softmax', 'LogSoftmax', 'Resize'),
  ...since(14, 'HardSwish'),
  ...since(17, 'LayerNormalization'),
  ...since(18, 'Mish'),
  ...since(20, 'Gelu'),
  ...adapted(clip, 6, 'Clip'),
  ...adapted(pad, 2, 'Pad'),
  ...adapted(split, 2, 'Split'),
  ...adapted(dropout, 1, 'Dropout'),
  ...adapted(batchNormalization, 7, 'BatchNormalization'),
  ...adapted(fromAttribute('axes', 13), 1, 'Squeeze', 'Unsqueeze', 'ReduceSum'),
  ...adapted(fromAttribute('axes', 18), 1, 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceL2'),
]);
