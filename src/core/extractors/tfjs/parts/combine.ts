import type { NetworkWriter } from '../network-writer.ts';
import { broadcast, shapeText, type Constant, type Tensor, type Value } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';

const IMAGES = 4;

/** Does something to each number by itself, in the form in which they are there. */
export function each(
  writer: NetworkWriter,
  tensor: Tensor,
  make: (name: string) => string,
): Tensor {
  const { first } = tensor.forms;
  return first === undefined
    ? writer.plain(tensor.shape, make(writer.asPlain(tensor)))
    : writer.first(tensor.shape, make(first));
}

/** Combines two tensors number by number; a shorter one stands at the last sides of the other. */
export function combine(writer: NetworkWriter, opType: string, a: Value, b: Value): Tensor {
  const shape = broadcast(a.shape, b.shape);
  const both = [a, b];
  const isFirst =
    shape.length === IMAGES &&
    both.some((one) => one.kind === 'tensor' && one.forms.first !== undefined) &&
    both.every((one) => one.kind === 'constant' || [0, 1, IMAGES].includes(one.shape.length));
  const names = both.map((one) => {
    if (one.kind === 'tensor') return isFirst ? besideFirst(writer, one) : writer.asPlain(one);
    return isFirst ? constantBesideFirst(writer, one) : plainConstant(writer, one);
  });
  const made = writer.node(opType, names);
  return isFirst ? writer.first(shape, made) : writer.plain(shape, made);
}

function plainConstant(writer: NetworkWriter, { shape, values }: Constant): string {
  return writer.constant(Float32Array.from(values), shape);
}

/** A number for each channel stands in front of the two sides. */
function besideFirst(writer: NetworkWriter, tensor: Tensor): string {
  if (tensor.shape.length === IMAGES) return writer.asFirst(tensor);
  const name = writer.asPlain(tensor);
  return tensor.shape.length === 0
    ? name
    : writer.node('Reshape', [name, writer.integers([-1, 1, 1])]);
}

/** Constants of up to four sides with their channels first. */
export function constantBesideFirst(writer: NetworkWriter, { shape, values }: Constant): string {
  if (values.length === 1) return writer.scalar(values[0] ?? NaN);
  const [batch = 1, height = 1, width = 1, channels = 1] = [1, 1, 1, 1, ...shape].slice(-IMAGES);
  if (batch !== 1 || shape.length > IMAGES) {
    throw new TfjsFault(
      `has numbers [${shapeText(shape)}] for each image by its place among others`,
    );
  }
  const turned = new Float32Array(values.length);
  const places = height * width;
  for (let at = 0; at < values.length; at += 1) {
    turned[(at % channels) * places + Math.floor(at / channels)] = values[at] ?? NaN;
  }
  return writer.constant(turned, [1, channels, height, width]);
}

/** Puts tensors one behind the other along a side, counted from the end where it is below 0. */
export function join(writer: NetworkWriter, tensors: readonly Tensor[], side: number): Tensor {
  const [one] = tensors;
  if (one === undefined) throw new TfjsFault('joins nothing');
  const rank = one.shape.length;
  const axis = side < 0 ? side + rank : side;
  const fits = tensors.every(
    ({ shape }) =>
      shape.length === rank &&
      shape.every((size, i) => i === axis || size === null || size === (one.shape[i] ?? size)),
  );
  if (!fits || axis < 1 || axis >= rank) {
    const shapes = tensors.map(({ shape }) => `[${shapeText(shape)}]`).join(' and ');
    throw new TfjsFault(`joins ${shapes} along the side ${side}, which do not fit`);
  }
  const long = tensors.reduce<number | null>((sum, { shape }) => {
    const size = shape[axis] ?? null;
    return sum === null || size === null ? null : sum + size;
  }, 0);
  const shape = one.shape.with(axis, long);
  if (rank !== IMAGES) {
    const names = tensors.map((tensor) => writer.asPlain(tensor));
    return writer.plain(shape, writer.node('Concat', names, { axis }));
  }
  const names = tensors.map((tensor) => writer.asFirst(tensor));
  return writer.first(shape, writer.node('Concat', names, { axis: sideFirst(axis) }));
}

/** Where a side of images stands once the channels are first. */
export function sideFirst(axis: number): number {
  return [0, 2, 3, 1][axis] ?? axis;
}
