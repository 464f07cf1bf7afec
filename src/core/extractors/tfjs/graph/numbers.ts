import { activate, clip, leak, single } from '../parts/activate.ts';
import { combine, each } from '../parts/combine.ts';
import { normalize } from '../parts/normalize.ts';
import { TfjsFault } from '../tfjs-fault.ts';
import { constantAt, tensorAt, valueAt, type Operator } from './operation.ts';

/** ONNX's operator of the same meaning, for each number by itself. */
export const one =
  (opType: string): Operator =>
  (operation) =>
    each(operation.writer, tensorAt(operation, 0), (name) => operation.writer.node(opType, [name]));

export const activation =
  (name: string): Operator =>
  (operation) =>
    activate(operation.writer, tensorAt(operation, 0), name);

export const two =
  (opType: string): Operator =>
  (operation) =>
    combine(operation.writer, opType, valueAt(operation, 0), valueAt(operation, 1));

export const square: Operator = (operation) =>
  each(operation.writer, tensorAt(operation, 0), (name) =>
    operation.writer.node('Mul', [name, name]),
  );

export const inverseRoot: Operator = (operation) =>
  each(operation.writer, tensorAt(operation, 0), (name) =>
    operation.writer.node('Reciprocal', [operation.writer.node('Sqrt', [name])]),
  );

export const biasAdd: Operator = (operation) => {
  const bias = constantAt(operation, 1);
  if (bias.shape.length !== 1 || operation.node.text('data_format', 'NHWC') !== 'NHWC') {
    throw new TfjsFault('adds what is no list of a number for each channel');
  }
  return combine(operation.writer, 'Add', tensorAt(operation, 0), bias);
};

export const leakyRelu: Operator = (operation) => {
  const { writer, node } = operation;
  return leak(writer, tensorAt(operation, 0), single(node.number('alpha', 0.2)));
};

export const prelu: Operator = (operation) =>
  leak(operation.writer, tensorAt(operation, 0), constantAt(operation, 1));

export const clipByValue: Operator = (operation) => {
  const [low = NaN, high = NaN] = [1, 2].map((place) => constantAt(operation, place).values[0]);
  return each(operation.writer, tensorAt(operation, 0), (name) =>
    clip(operation.writer, name, low, high),
  );
};

export const batchNorm: Operator = (operation) => {
  const { writer, node } = operation;
  if (node.flag('is_training')) {
    throw new TfjsFault('is in training mode', 'Convert the model for inference.');
  }
  if (node.text('data_format', 'NHWC') !== 'NHWC') {
    throw new TfjsFault('has its channels first', 'Convert the model with its channels last.');
  }
  return normalize(writer, tensorAt(operation, 0), {
    scale: constantAt(operation, 1),
    offset: constantAt(operation, 2),
    mean: constantAt(operation, 3),
    variance: constantAt(operation, 4),
    epsilon: node.number('epsilon', 1e-3),
  });
};
