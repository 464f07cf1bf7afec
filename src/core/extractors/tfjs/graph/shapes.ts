import { border } from '../parts/border.ts';
import { join } from '../parts/combine.ts';
import { reduce } from '../parts/reduce.ts';
import { reshape, squeeze } from '../parts/reshape.ts';
import { MOST_PIXELS } from '../json-fields.ts';
import { TfjsFault } from '../tfjs-fault.ts';
import {
  constantAt,
  integersAt,
  tensorAt,
  valueAt,
  type Operation,
  type Operator,
} from './operation.ts';

export const unchanged: Operator = (operation) => valueAt(operation, 0);

export const pad: Operator = (operation) => {
  const numbers = integersAt(operation, 1);
  const pairs = Array.from({ length: numbers.length / 2 }, (_, i) => {
    const [before = -1, after = -1] = numbers.slice(2 * i);
    if (Math.min(before, after) < 0 || Math.max(before, after) > MOST_PIXELS) {
      throw new TfjsFault(`puts borders of ${before} and ${after} around a side`);
    }
    return [before, after] as const;
  });
  const value = operation.inputs.length > 2 ? constantAt(operation, 2).values[0] : 0;
  return border(operation.writer, tensorAt(operation, 0), pairs, value ?? 0);
};

/** The first side is the images', whatever a converted shape says of it. */
export const reshaped: Operator = (operation) => {
  const tensor = tensorAt(operation, 0);
  const [batch, ...sides] = integersAt(operation, 1);
  if (batch !== -1 && batch !== (tensor.shape[0] ?? 1)) {
    throw new TfjsFault(
      `makes ${batch ?? 'no'} rows of images, and one for each is taken`,
      'Convert the model for any number of images.',
    );
  }
  return reshape(operation.writer, tensor, sides);
};

export const squeezed: Operator = (operation) => {
  const { node, writer } = operation;
  const named = node.has('squeeze_dims') ? 'squeeze_dims' : 'axis';
  return squeeze(writer, tensorAt(operation, 0), node.integers(named));
};

export const reduced =
  (opType: 'ReduceMean' | 'ReduceMax' | 'ReduceMin' | 'ReduceSum'): Operator =>
  (operation) => {
    const axes = integersAt(operation, 1);
    const keeps = operation.node.flag('keep_dims');
    return reduce(operation.writer, opType, tensorAt(operation, 0), axes, keeps);
  };

export const concatenated: Operator = (operation) => {
  const last = operation.inputs.length - 1;
  const [axis = NaN] = integersAt(operation, last);
  const parts = Array.from({ length: last }, (_, i) => tensorAt(operation, i));
  return join(operation.writer, parts, axis);
};

export const transposed: Operator = (operation: Operation) => {
  const { writer } = operation;
  const tensor = tensorAt(operation, 0);
  const perm = integersAt(operation, 1);
  const rank = tensor.shape.length;
  const isOrder = perm.length === rank && perm.toSorted((a, b) => a - b).every((at, i) => at === i);
  if (!isOrder || perm[0] !== 0) {
    throw new TfjsFault(`puts the sides of images in the order ${perm.join(', ')}`);
  }
  const shape = perm.map((at) => tensor.shape[at] ?? null);
  return writer.plain(shape, writer.node('Transpose', [writer.asPlain(tensor)], { perm }));
};
