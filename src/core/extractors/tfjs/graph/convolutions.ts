import { shown } from '../../refuse-extractor.ts';
import { activate, leak, single } from '../parts/activate.ts';
import { convolve, convolveEach, type Gliding } from '../parts/convolve.ts';
import { multiply } from '../parts/multiply.ts';
import { pool } from '../parts/pool.ts';
import type { Constant, Tensor } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';
import type { GraphNode } from './graph-node.ts';
import { constantAt, tensorAt, type Operation, type Operator } from './operation.ts';

const MOST_PIXELS = 4096;

export const conv2d: Operator = (operation) => {
  const { writer, node } = operation;
  const { bias, finish } = fusedParts(operation);
  const images = tensorAt(operation, 0);
  return finish(convolve(writer, images, constantAt(operation, 1), glidingOf(node), bias));
};

export const depthwiseConv2d: Operator = (operation) => {
  const { writer, node } = operation;
  const { bias, finish } = fusedParts(operation);
  const images = tensorAt(operation, 0);
  return finish(convolveEach(writer, images, constantAt(operation, 1), glidingOf(node), bias));
};

export const matMul: Operator = (operation) => {
  const { writer, node } = operation;
  if (node.flag('transpose_a')) {
    throw new TfjsFault('turns what it reads', 'Give the network as an ONNX file.');
  }
  const { bias, finish } = fusedParts(operation);
  const weights = constantAt(operation, 1);
  const turned = node.flag('transpose_b') ? transposed(weights) : weights;
  return finish(multiply(writer, tensorAt(operation, 0), turned, bias));
};

export const pooling =
  (opType: 'MaxPool' | 'AveragePool'): Operator =>
  (operation) => {
    const { writer, node } = operation;
    const kernel = twoOf(node, 'ksize');
    return pool(writer, opType, tensorAt(operation, 0), { kernel, ...glidingOf(node) });
  };

/** What a fused operator does behind its product: `fused_ops` name a bias, then an activation. */
function fusedParts(operation: Operation): {
  readonly bias?: Constant;
  readonly finish: (tensor: Tensor) => Tensor;
} {
  const { writer, node } = operation;
  const [first, ...others] = node.texts('fused_ops');
  if (first === undefined) return { finish: (tensor) => tensor };
  const [activation = 'linear', ...more] = first === 'BiasAdd' ? others : [first, ...others];
  const takesSlopes = activation === 'Prelu';
  const isKnown =
    takesSlopes ||
    ['linear', 'Relu', 'Relu6', 'Elu', 'Sigmoid', 'LeakyRelu', 'Tanh'].includes(activation);
  if (more.length > 0 || !isKnown) {
    const all = [first, ...others].map(shown).join(', ');
    throw new TfjsFault(`is fused with ${all}, which is not taken`);
  }
  const finish = (tensor: Tensor): Tensor => {
    if (takesSlopes) return leak(writer, tensor, constantAt(operation, 3));
    if (activation === 'LeakyRelu') {
      return leak(writer, tensor, single(node.number('leakyrelu_alpha', 0.2)));
    }
    return activate(writer, tensor, activation);
  };
  return first === 'BiasAdd' ? { bias: constantAt(operation, 2), finish } : { finish };
}

function glidingOf(node: GraphNode): Gliding {
  const format = node.text('data_format', 'NHWC');
  if (format !== 'NHWC') {
    throw new TfjsFault(
      `takes images as ${shown(format)}, and NHWC is taken`,
      'Convert the model with its channels last.',
    );
  }
  const dilations =
    node.integers('dilations').length === 0 ? ([1, 1] as const) : twoOf(node, 'dilations');
  return { strides: twoOf(node, 'strides'), dilations, padding: paddingOf(node) };
}

/** The middle two of the four that TensorFlow writes: nothing goes over images, and nothing over channels. */
function twoOf(node: GraphNode, name: string): readonly [number, number] {
  const [batch, down = 0, across = 0, channels, ...more] = node.integers(name);
  const isTaken =
    [batch, channels].every((one) => one === 1) &&
    more.length === 0 &&
    Math.min(down, across) >= 1 &&
    Math.max(down, across) <= MOST_PIXELS;
  if (isTaken) return [down, across];
  throw new TfjsFault(
    `has ${name} [${node.integers(name).join(', ')}], which should be [1, n, m, 1]`,
  );
}

function paddingOf(node: GraphNode): Gliding['padding'] {
  const padding = node.text('padding', 'VALID');
  if (padding === 'SAME') return 'same';
  if (padding === 'VALID') return 'valid';
  const [, , top = -1, bottom = -1, left = -1, right = -1] = node.integers('explicit_paddings');
  const borders = [top, bottom, left, right] as const;
  const isTaken = borders.every((one) => one >= 0 && one <= MOST_PIXELS);
  if (padding === 'EXPLICIT' && isTaken) return borders;
  throw new TfjsFault(`has the padding ${shown(padding)}, and SAME, VALID and EXPLICIT are taken`);
}

function transposed({ shape, values }: Constant): Constant {
  const [rows = 0, columns = 0] = shape;
  const turned = Float32Array.from(
    { length: values.length },
    (_, at) => values[(at % rows) * columns + Math.floor(at / rows)] ?? NaN,
  );
  return { kind: 'constant', shape: [columns, rows], values: turned };
}
