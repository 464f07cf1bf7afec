import type { Convolution1dLayer, ConvolutionLayer, Shape } from './layer.ts';

/** Where the windows of a convolution lie. */
export interface Windows {
  /** Windows from top to bottom, and from left to right. */
  readonly height: number;
  readonly width: number;
  /** Rows and columns of zeros around the image. */
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Height, width and channels of an image. @throws RangeError for rows that are none */
export function imageOf(shape: Shape): readonly [height: number, width: number, channels: number] {
  const [height, width, channels] = shape;
  if (height === undefined || width === undefined || channels === undefined) {
    throw new RangeError(`rows of the shape [${shape.join(', ')}] are no images`);
  }
  return [height, width, channels];
}

/** Length and channels of a sequence. @throws RangeError for rows that are none */
export function sequenceOf(shape: Shape): readonly [length: number, channels: number] {
  const [length, channels] = shape;
  if (length === undefined || channels === undefined || shape.length !== 2) {
    throw new RangeError(`rows of the shape [${shape.join(', ')}] are no sequences`);
  }
  return [length, channels];
}

/** @throws RangeError where no window fits into the image */
export function windowsOf(layer: ConvolutionLayer, input: Shape): Windows {
  const [height, width] = imageOf(input);
  const [down, right] = [windowsAlong(layer, height), windowsAlong(layer, width)];
  return {
    ...{ height: down.count, top: down.before, bottom: down.after },
    ...{ width: right.count, left: right.before, right: right.after },
  };
}

/** Windows along one side of an image, or along a sequence. */
export interface SideWindows {
  readonly count: number;
  /** Zeros before the side and after it. */
  readonly before: number;
  readonly after: number;
}

/**
 * `same` gives ⌈side ÷ stride⌉ windows, with the odd one of the zeros after the side, as TensorFlow does; `causal` as many,
 * with all zeros before it, as Keras does.
 * @throws RangeError where no window fits
 */
export function windowsAlong(
  { size, stride, padding }: Pick<Convolution1dLayer, 'size' | 'stride' | 'padding'>,
  side: number,
): SideWindows {
  if (padding === 'causal') return { count: Math.ceil(side / stride), before: size - 1, after: 0 };
  const count =
    padding === 'same' ? Math.ceil(side / stride) : Math.floor((side - size) / stride) + 1;
  if (count < 1) throw new RangeError(`no window of ${size} fits into ${side} places`);
  const zeros = padding === 'same' ? Math.max(0, (count - 1) * stride + size - side) : 0;
  return { count, before: Math.floor(zeros / 2), after: Math.ceil(zeros / 2) };
}
