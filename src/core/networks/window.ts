import type { ConvolutionLayer, Shape } from './layer.ts';

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

/**
 * `same` gives ⌈side ÷ stride⌉ windows a side, with the odd one of the zeros below and to the right, as TensorFlow does.
 * @throws RangeError where no window fits into the image
 */
export function windowsOf({ size, stride, padding }: ConvolutionLayer, input: Shape): Windows {
  const [height, width] = imageOf(input).map((side) => {
    const count =
      padding === 'same' ? Math.ceil(side / stride) : Math.floor((side - size) / stride) + 1;
    if (count < 1) throw new RangeError(`no window of ${size} fits into ${side} pixels`);
    const zeros = padding === 'same' ? Math.max(0, (count - 1) * stride + size - side) : 0;
    return { count, before: Math.floor(zeros / 2), after: Math.ceil(zeros / 2) };
  });
  return {
    height: height?.count ?? 0,
    width: width?.count ?? 0,
    top: height?.before ?? 0,
    bottom: height?.after ?? 0,
    left: width?.before ?? 0,
    right: width?.after ?? 0,
  };
}
