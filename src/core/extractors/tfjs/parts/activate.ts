import { shown } from '../../refuse-extractor.ts';
import type { NetworkWriter } from '../network-writer.ts';
import { broadcast, type Constant, type Tensor } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';
import { constantBesideFirst, each, sideFirst } from './combine.ts';

type Make = (writer: NetworkWriter, name: string) => string;

const simple =
  (opType: string): Make =>
  (writer, name) =>
    writer.node(opType, [name]);

/** ONNX's operators for what TensorFlow.js computes of each number, by names in small letters without a dash. */
const functions: ReadonlyMap<string, Make> = new Map([
  ['linear', (_, name) => name],
  ['relu', simple('Relu')],
  ['relu6', (writer, name) => clip(writer, name, 0, 6)],
  ['elu', simple('Elu')],
  ['selu', simple('Selu')],
  ['sigmoid', simple('Sigmoid')],
  // 0.2 x + 0.5 between 0 and 1, as ONNX's own.
  ['hardsigmoid', simple('HardSigmoid')],
  ['softplus', simple('Softplus')],
  ['softsign', simple('Softsign')],
  ['tanh', simple('Tanh')],
  ['swish', (writer, name) => writer.node('Mul', [name, writer.node('Sigmoid', [name])])],
  ['silu', (writer, name) => writer.node('Mul', [name, writer.node('Sigmoid', [name])])],
  ['mish', simple('Mish')],
  ['gelu', simple('Gelu')],
]);

/** @param name as a file writes it, for example `relu6` or `hard_sigmoid` */
export function activate(writer: NetworkWriter, tensor: Tensor, name: string): Tensor {
  const key = name.toLowerCase().replaceAll('_', '');
  if (key === 'softmax') return alongLast(writer, tensor, 'Softmax');
  if (key === 'logsoftmax') return alongLast(writer, tensor, 'LogSoftmax');
  const make = functions.get(key);
  if (make === undefined) {
    throw new TfjsFault(
      `has the activation ${shown(name)}, which is not taken`,
      'Choose another network, or give it as an ONNX file.',
    );
  }
  return key === 'linear' ? tensor : each(writer, tensor, (one) => make(writer, one));
}

export function clip(writer: NetworkWriter, name: string, low: number, high: number): string {
  return writer.node('Clip', [name, writer.scalar(low), writer.scalar(high)]);
}

/** @param slopes of the numbers below 0: one, or some that fit the tensor's last sides */
export function leak(writer: NetworkWriter, tensor: Tensor, slopes: Constant): Tensor {
  const name = tensor.shape.length === 4 ? writer.asFirst(tensor) : writer.asPlain(tensor);
  const { shape, values } = slopes;
  broadcast(tensor.shape, shape);
  const slope =
    tensor.shape.length === 4
      ? constantBesideFirst(writer, slopes)
      : writer.constant(Float32Array.from(values), shape);
  const made = writer.node('PRelu', [name, slope]);
  return tensor.shape.length === 4
    ? writer.first(tensor.shape, made)
    : writer.plain(tensor.shape, made);
}

/** A constant of one number. */
export function single(value: number): Constant {
  return { kind: 'constant', shape: [1], values: Float32Array.of(value) };
}

function alongLast(writer: NetworkWriter, tensor: Tensor, opType: string): Tensor {
  const last = tensor.shape.length - 1;
  if (last < 1) throw new TfjsFault(`takes shares of a tensor of ${last + 1} sides`);
  const axis = tensor.forms.first === undefined ? last : sideFirst(last);
  return each(writer, tensor, (name) => writer.node(opType, [name], { axis }));
}
