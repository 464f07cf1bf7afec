import type { NetworkWriter } from '../network-writer.ts';
import { shapeText, type Tensor } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';
import { poolAll } from './pool.ts';

/** One number along some sides, which may be counted from the end. */
export function reduce(
  writer: NetworkWriter,
  opType: 'ReduceMean' | 'ReduceMax' | 'ReduceMin' | 'ReduceSum',
  tensor: Tensor,
  given: readonly number[],
  keepsSides: boolean,
): Tensor {
  const { shape } = tensor;
  const axes = given.map((axis) => (axis < 0 ? axis + shape.length : axis)).sort((a, b) => a - b);
  if (axes.length === 0 || axes.some((axis) => axis < 1 || axis >= shape.length)) {
    throw new TfjsFault(`reduces [${shapeText(shape)}] along the sides ${given.join(', ')}`);
  }
  if (shape.length === 4 && axes.join() === '1,2') {
    if (opType === 'ReduceMean') return poolAll(writer, 'GlobalAveragePool', tensor, keepsSides);
    if (opType === 'ReduceMax') return poolAll(writer, 'GlobalMaxPool', tensor, keepsSides);
  }
  const made = writer.node(opType, [writer.asPlain(tensor), writer.integers(axes)], {
    keepdims: keepsSides ? 1 : 0,
  });
  const sides = keepsSides
    ? shape.map((size, i) => (axes.includes(i) ? 1 : size))
    : shape.filter((_, i) => !axes.includes(i));
  return writer.plain(sides, made);
}
