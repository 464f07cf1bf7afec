import type { NetworkWriter } from '../network-writer.ts';
import { shapeText, sidesOf, type Constant, type Tensor } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';
import { windowOver, type Window } from './windows.ts';

export type Gliding = Omit<Window, 'kernel'>;

/** @param filters [height, width, channels in, channels out] */
export function convolve(
  writer: NetworkWriter,
  images: Tensor,
  { shape, values }: Constant,
  gliding: Gliding,
  bias?: Constant,
): Tensor {
  const [height, width, into, out] = filterSides(shape);
  if (sidesOf(images).channels !== into) throw misfit(images, shape);
  const turned = new Float32Array(values.length);
  const places = height * width;
  for (let at = 0; at < values.length; at += 1) {
    const [o, i, place] = [at % out, Math.floor(at / out) % into, Math.floor(at / out / into)];
    turned[(o * into + i) * places + place] = values[at] ?? NaN;
  }
  const kernel = { data: turned, dims: [out, into, height, width], groups: 1 };
  return glide(writer, images, kernel, gliding, bias);
}

/** Each channel by filters of its own. @param filters [height, width, channels, filters of each] */
export function convolveEach(
  writer: NetworkWriter,
  images: Tensor,
  { shape, values }: Constant,
  gliding: Gliding,
  bias?: Constant,
): Tensor {
  const [height, width, into, each] = filterSides(shape);
  if (sidesOf(images).channels !== into) throw misfit(images, shape);
  const out = into * each;
  const turned = new Float32Array(values.length);
  for (let at = 0; at < values.length; at += 1) {
    turned[(at % out) * height * width + Math.floor(at / out)] = values[at] ?? NaN;
  }
  const kernel = { data: turned, dims: [out, 1, height, width], groups: into };
  return glide(writer, images, kernel, gliding, bias);
}

function glide(
  writer: NetworkWriter,
  images: Tensor,
  kernel: { data: Float32Array; dims: readonly number[]; groups: number },
  gliding: Gliding,
  bias?: Constant,
): Tensor {
  const [out = 0, , height = 0, width = 0] = kernel.dims;
  const window = windowOver(images, { kernel: [height, width], ...gliding });
  const input = [writer.asFirst(images), writer.constant(kernel.data, kernel.dims)];
  if (bias !== undefined) {
    if (bias.values.length !== out) {
      throw new TfjsFault(`adds ${bias.values.length} numbers to ${out} channels`);
    }
    input.push(writer.constant(Float32Array.from(bias.values), [out]));
  }
  const made = writer.node('Conv', input, { ...window.attributes, group: kernel.groups });
  return writer.first([images.shape[0] ?? null, window.height, window.width, out], made);
}

function filterSides(shape: readonly number[]): readonly [number, number, number, number] {
  const [height = 0, width = 0, into = 0, out = 0] = shape;
  if (shape.length === 4 && Math.min(...shape) > 0) return [height, width, into, out];
  throw new TfjsFault(
    `has filters [${shapeText(shape)}], which should be [height, width, channels in, channels out]`,
  );
}

function misfit(images: Tensor, filters: readonly number[]): TfjsFault {
  return new TfjsFault(
    `has filters [${shapeText(filters)}] for images [${shapeText(images.shape)}], which do not fit`,
  );
}
