import type { NetworkWriter } from '../network-writer.ts';
import { shapeText, type Size, type Tensor } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';

/** Everything of an image in one row, in the order row, column, channel. */
export function flatten(writer: NetworkWriter, tensor: Tensor): Tensor {
  const [batch = null, ...sides] = tensor.shape;
  const name = isOnePlace(tensor) ? writer.asFirst(tensor) : writer.asPlain(tensor);
  return writer.plain([batch, productOf(sides)], writer.node('Flatten', [name], { axis: 1 }));
}

/**
 * The same numbers of each image in another shape.
 * @param sides of one image; −1 for at most one that follows from the others
 */
export function reshape(writer: NetworkWriter, tensor: Tensor, sides: readonly number[]): Tensor {
  const [batch = null, ...own] = tensor.shape;
  const count = productOf(own);
  const open = sides.filter((size) => size === -1).length;
  const known = sides.reduce((product, size) => (size === -1 ? product : product * size), 1);
  const fits =
    open <= 1 &&
    sides.every((size) => size >= -1) &&
    (count === null || (open === 0 ? count === known : known > 0 && count % known === 0));
  if (!fits) {
    throw new TfjsFault(
      `makes [${shapeText(sides)}] of [${shapeText(own)}], which has other numbers`,
    );
  }
  const made: Size[] = sides.map((size) =>
    size === -1 ? (count === null ? null : count / known) : size,
  );
  const shape = [batch, ...made];
  const flat = isOnePlace(tensor) ? flatten(writer, tensor) : tensor;
  const [height, width, channels] = sides;
  // Numbers of one place are the same with their channels first.
  if (made.length === 3 && height === 1 && width === 1 && channels !== undefined) {
    const first = writer.integers([0, channels, 1, 1]);
    return writer.first(shape, writer.node('Reshape', [writer.asPlain(flat), first]));
  }
  const wanted = writer.integers([0, ...sides]);
  return writer.plain(shape, writer.node('Reshape', [writer.asPlain(flat), wanted]));
}

/** Without sides of one, which may be counted from the end; without any of them where none is named. */
export function squeeze(writer: NetworkWriter, tensor: Tensor, named: readonly number[]): Tensor {
  const { shape } = tensor;
  const axes =
    named.length === 0
      ? shape.flatMap((size, i) => (size === 1 && i > 0 ? [i] : []))
      : named.map((axis) => (axis < 0 ? axis + shape.length : axis));
  if (axes.some((axis) => shape[axis] !== 1 || axis === 0)) {
    throw new TfjsFault(
      `takes the sides ${named.join(', ')} from [${shapeText(shape)}], which are not of one`,
    );
  }
  if (isOnePlace(tensor) && axes.includes(1) && axes.includes(2) && axes.length === 2) {
    return flatten(writer, tensor);
  }
  const made = writer.node('Squeeze', [writer.asPlain(tensor), writer.integers(axes)]);
  return writer.plain(
    shape.filter((_, i) => !axes.includes(i)),
    made,
  );
}

/** Whether an image has one place, so that its channels are all its numbers, wherever they stand. */
function isOnePlace({ shape }: Tensor): boolean {
  return shape.length === 4 && shape[1] === 1 && shape[2] === 1;
}

/** Null where a side may vary. */
function productOf(sides: readonly Size[]): number | null {
  return sides.reduce<number | null>(
    (product, size) => (product === null || size === null ? null : product * size),
    1,
  );
}
